using System.CommandLine;
using Zssr.App.Devices;
using Zssr.Autograd.Verification;
using Zssr.Tensors;

namespace Zssr.App.Options;

/// <summary>The options that every command with a device has.</summary>
internal sealed class DeviceArguments
{
    private readonly Option<string> _device;
    private readonly Option<bool> _portable = new("--portable")
    {
        Description = "On cpu, run the portable ILGPU kernels instead of the SIMD code (slow; also ZSSR_PORTABLE=1).",
    };

    private readonly Option<bool> _noFuse = new("--no-fuse")
    {
        Description = "Compute convolution, bias, ReLU and residual one after another instead of fused (slow; to compare).",
    };

    private readonly Option<int?> _threads =
        NumberOption.CreateOptional("--threads", "On cpu, how many threads work; all cores by default.", 1, 1024);

    public DeviceArguments(Command command, string defaultDevice)
    {
        _device = new Option<string>("--device")
        {
            Description = "auto, cpu, opencl:N or cuda:N; `zssr devices` lists them.",
            HelpName = "DEVICE",
            DefaultValueFactory = _ => defaultDevice,
        };
        command.Add(_device);
        command.Add(_portable);
        command.Add(_noFuse);
        command.Add(_threads);
    }

    /// <summary>
    /// Opens the device, which must pass the short self-test on its first use. Says on standard error why <c>auto</c> passed over one.
    /// </summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="fuses">False where operations may not be fused, since second derivatives are needed.</param>
    public Device Open(ParseResult parsed, bool fuses = true)
    {
        DeviceOptions options = Options(parsed);
        return Selector.Open(
            Name(parsed), options with { Fuse = options.Fuse && fuses }, message => Console.Error.WriteLine($"zssr: {message}"));
    }

    /// <summary>Opens the processor in place of a device that has failed.</summary>
    public Device OpenProcessor(ParseResult parsed) =>
        Selector.Open(DeviceName.Cpu.ToString(), Options(parsed));

    private static DeviceSelector Selector => new(new SelfTestFile(SelfTestFile.DefaultPath));

    /// <summary>The device's name as given.</summary>
    public string Name(ParseResult parsed) => parsed.GetValue(_device)!;

    /// <summary>How it is to be opened.</summary>
    public DeviceOptions Options(ParseResult parsed)
    {
        DeviceOptions environment = DeviceOptions.FromEnvironment();
        return environment with
        {
            Portable = environment.Portable || parsed.GetValue(_portable),
            Threads = parsed.GetValue(_threads) ?? 0,
            Fuse = !parsed.GetValue(_noFuse),
        };
    }
}
