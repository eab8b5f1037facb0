#!/usr/bin/env bash
# Fuzzes one reader, guided by the code that each file reaches, and leaves what it finds in OUT/READER.
#   guided.sh READER MINUTES OUT      READER: png, jpeg, bmp, tga, tiff, mat, 'kernel text', safetensors, checkpoint, network, run.json
# Needs afl-fuzz (Debian: afl++) and sharpfuzz (dotnet tool install --global SharpFuzz.CommandLine).
# A file in OUT/READER/default/crashes is read again, with its trace: dotnet OUT/program/Zssr.Tests.dll fuzz READER < FILE
set -euo pipefail
reader=$1 minutes=$2 out=$(realpath -m "$3")
cd "$(dirname "$0")/.."

if [ ! -d "$out/program" ]; then
  dotnet build -v q
  mkdir -p "$out"
  cp -r bin/Debug/net10.0 "$out/program.new"
  # The tests themselves are not counted, nor are tensors: their kernels can only be compiled as they are.
  for assembly in zssr Zssr.Nn; do
    sharpfuzz "$out/program.new/$assembly.dll"
  done
  cp -r bin/Debug/net10.0 "$out/plain"
  mv "$out/program.new" "$out/program"
fi

mkdir -p "$out/$reader/seeds"
dotnet "$out/plain/Zssr.Tests.dll" fuzz-seeds "$reader" "$out/$reader/seeds"
# Readers of images write each file before they read it; memory is faster than a disk.
export TMPDIR=/dev/shm AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1
export AFL_MAP_SIZE=65536 DOTNET_TieredPGO=0
exec afl-fuzz -i "$out/$reader/seeds" -o "$out/$reader" -t 10000 -m none -V $((minutes * 60)) \
  dotnet "$out/program/Zssr.Tests.dll" fuzz "$reader"
