using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Zssr.App.Commands;

/// <summary>Puts examples and notes below the help of a command.</summary>
internal sealed class HelpNotes(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    private static readonly Dictionary<string, string> Notes = new()
    {
        [""] = """
            Examples:
              zssr sample -o small.png              draw a picture to try it on
              zssr upscale small.png -o large.png   enlarge it to twice its size
              zssr upscale --help                   all options

            Exit codes: 0 everything was written, 1 something failed,
            2 the command was not understood, 130 it was interrupted,
            143 it was terminated (SIGTERM).
            """,
        ["upscale"] = """
            Values in [] are those of the preset standard. The other values of
            `zssr presets` are options, too, by the names given there.

            Examples:
              twice as large:
                zssr upscale photo.jpg -o large.png
              three times, nearly as well and in a quarter of the time:
                zssr upscale photo.jpg -o large.png -s 3 -p fast
              all images of a folder:
                zssr upscale photos -o large/ --recursive
              write charts and checkpoints to the folder run, and continue from there:
                zssr upscale a.png -o b.png --run-dir run
                zssr upscale a.png -o b.png --run-dir run --resume
              measure how close the result is to the true image:
                zssr upscale a.png -o b.png --ground-truth whole.png
            """,
        ["learn"] = """
            What is learned is a network of --network, --width and --depth for one
            --scale; give the same to `zssr upscale --start FILE`.

            Examples:
              the network of the preset fast, from drawn pictures, ten minutes:
                zssr learn -o start.safetensors
              one that is not tied to bicubic shrinking, from photographs and drawings:
                zssr learn -o own.safetensors --kernels mixture
                  --pictures photos --drawn-besides
              what a drawn picture looks like:
                zssr sample --leaves -o leaves.png
              use it, with less training on the picture than usual:
                zssr upscale photo.png -o large.png -p fast --start start.safetensors
                  --iterations 150 --learning-rate 0.001
            """,
        ["gradcheck"] = """
            Examples:
              what can be checked:
                zssr gradcheck --list
              first and second derivatives of the convolution, on a GPU:
                zssr gradcheck conv2d --device opencl:0 --order 2
              a function of your own:
                docs/gradcheck.md
            """,
        ["step"] = """
            Values in [] are those of the preset standard. The other values of
            `zssr presets` are options, too, by the names given there.

            Examples:
              the first iteration:
                zssr step photo.png
              the hundredth of the paper's recipe, every operation separately,
              with all values written to a file for other programs:
                zssr step photo.png -p paper --iteration 99 --no-fuse --dump step.safetensors
            """,
        ["explain"] = """
            Layers are counted from 1 at the input, rows, columns and channels
            from 0. An iteration sees a crop of at most 128 x 128 pixels, which may
            be smaller than the image.

            Values in [] are those of the preset standard. The other values of
            `zssr presets` are options, too, by the names given there.

            Examples:
              a corner of the first layer, where the kernel hangs over the edge:
                zssr explain photo.png --layer 1 --at 0,0,5
              after 100 iterations of the paper's recipe, all products,
              and the gradient of the weight in the middle of the kernel:
                zssr explain photo.png -p paper --iteration 100 --layer 8
                  --at 40,40,0 --weight 1,1,0,0 --all
            """,
        ["inspect"] = """
            Values in [] are those of the preset standard. The other values of
            `zssr presets` are options, too, by the names given there.

            Examples:
              a page of a short run:
                zssr inspect photo.png -o inside
              a longer one with the paper's slope test, and the true image:
                zssr inspect small.png -o inside -p paper --iterations 1000
                  --ground-truth large.png
            """,
        ["graph"] = """
            Values in [] are those of the preset standard. The other values of
            `zssr presets` are options, too, by the names given there.

            Examples:
              the default preset, as text:
                zssr graph
              every operation separately, not fused:
                zssr graph --no-fuse
              a drawing, by Graphviz:
                zssr graph --format dot | dot -Tsvg -o graph.svg
            """,
        ["export"] = """
            Examples:
              train, and export the trained network:
                zssr upscale a.png -o b.png --run-dir run
                zssr export run -o net.onnx
              parameters saved by another program, trained with values 0 to 1:
                zssr export weights.safetensors -o net.onnx --peak 1
            """,
        ["evaluate"] = """
            FOLDER and all its subfolders are searched for images. Small and
            large ones are paired by name:
              NAME_LR.png and NAME_HR.png (or _GT) next to each other
              LR_bicubic/X2/NAMEx2.png and HR/NAME.png
              LRbicx2/NAME.png and GTmod12/NAME.png
            Without small images all are taken as large ones and are shrunk.

            Values in [] are those of the preset standard. The other values of
            `zssr presets` are options, too, and change every preset.

            Examples:
              a table of the default preset for the images of a folder:
                zssr evaluate Set5
              three seeds of two presets, at two scales:
                zssr evaluate Set5 -p fast,standard --seeds 1,2,3 -s 2,4
              for programs, with the table in a file:
                zssr evaluate Set5 --json -o table.md
            """,
        ["kernels"] = """
            NAME is a kernel, a class of kernels, an op, or an operation: Map,
            NaiveConv2dKernels.Forward, winograd, relu, conv2d, resize.
            If it matches several kernels, they are listed. On a terminal of 160
            columns or more the two sources stand side by side.

            Examples:
              all kernels:
                zssr kernels
              ReLU in C# and in OpenCL C:
                zssr kernels relu --device opencl:0
              in PTX, with its registers if ptxas is installed:
                zssr kernels relu --cuda sm_80
              only the code, for other tools:
                zssr kernels relu --cuda sm_80 -o relu.ptx
            """,
    };

    /// <summary>Changes the help of all commands.</summary>
    public static void AddTo(RootCommand root)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Action = new HelpNotes((SynchronousCommandLineAction)option.Action!);
    }

    /// <summary>Help is shown even if required arguments are missing.</summary>
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int exit = help.Invoke(parseResult);
        if (Notes.TryGetValue(CommandPath.Of(parseResult), out string? notes))
            Console.WriteLine(notes + Environment.NewLine);
        return exit;
    }
}
