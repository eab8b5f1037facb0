using System.CommandLine;
using System.Text;
using Zssr.App.Errors;
using Zssr.App.Files;
using Zssr.App.KernelPages;
using Zssr.App.Options;
using Zssr.Autograd.Verification;
using Zssr.Tensors;
using Zssr.Tensors.KernelSources;

namespace Zssr.App.Commands;

/// <summary><c>zssr kernels</c>: the C# source of kernels, and what drivers get of them.</summary>
internal static class KernelsCommand
{
    private const string DefaultArchitecture = "sm_80";

    public static Command Create()
    {
        var name = new Argument<string?>("NAME")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "A kernel, its class, or an operation that launches it, such as relu or conv2d. By default, all are listed.",
        };
        var device = new Option<string?>("--device")
        {
            Description = "Show what a device of this computer gets: cpu, opencl:N or cuda:N. "
                + $"By default the first OpenCL device, or without one, PTX for {DefaultArchitecture}.",
            HelpName = "DEVICE",
        };
        var cuda = new Option<string?>("--cuda")
        {
            Description = $"Show the PTX for a generation of NVIDIA GPUs, such as {DefaultArchitecture}; no GPU is needed.",
            HelpName = "sm_XX",
        };
        cuda.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && !PtxCompiler.Architectures.Any(known => PtxCompiler.Name(known) == result.Tokens[0].Value))
                result.AddError($"--cuda takes one of {string.Join(", ", PtxCompiler.Architectures.Select(PtxCompiler.Name))}.");
        });
        Option<string?> type = ChoiceOption.CreateOptional(
            "--type", "The element type, float32 (the default) or float64.", "float32", "float64");
        var generic = new Option<string?>("--generic")
        {
            Description = "The op in a kernel that is generic over ops, such as Relu in Map; by default the first.",
            HelpName = "OP",
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "Write the OpenCL C or PTX to this file, exactly as the driver gets it.",
            HelpName = "FILE",
        };
        Option<bool> force = ForceOption.Create();
        var json = new Option<bool>("--json") { Description = "Print one JSON object per kernel, each on a line." };
        var command = new Command(
            "kernels", "List the GPU kernels, or show one: its C# source next to the OpenCL C or PTX that it becomes.")
        {
            name,
            device,
            cuda,
            type,
            generic,
            output,
            force,
            json,
        };
        command.Validators.Add(result =>
        {
            if (result.GetResult(cuda) is not null && result.GetResult(device) is not null)
                result.AddError("kernels takes --device or --cuda, not both.");
            if (result.GetResult(name) is not { Tokens.Count: > 0 } && result.GetResult(output) is not null)
                result.AddError("--output takes the code of one kernel: name it.");
        });
        command.SetAction(parsed =>
        {
            string? path = parsed.GetValue(output);
            if (path is not null)
                AtomicFile.CheckWritable(path, parsed.GetValue(force));
            KernelIndex index = KernelIndex.Instance;
            string? asked = parsed.GetValue(name);
            IReadOnlyList<KernelEntry> found = asked is null ? index.Entries : index.Find(asked);
            if (found.Select(entry => entry.Kernel.Definition).Distinct().Count() > 1)
            {
                if (path is not null)
                    throw new UsageException($"--output takes the code of one kernel. '{asked}' matches several: {Invocations(found)}.");
                List(found, asked, parsed.GetValue(json));
                return;
            }

            KernelEntry entry = index.Choose(found, DTypeNamed(parsed.GetValue(type)), parsed.GetValue(generic));
            GeneratedCode? code = parsed.GetValue(cuda) is { } architecture
                ? GeneratedCode.ForCuda(entry.Kernel, architecture)
                : Generate(entry.Kernel, parsed.GetValue(device));
            if (path is not null)
                Write(path, code);
            else
                Show(new KernelPage(index, entry, code, GpuNeeds.Of(code)), parsed.GetValue(json));
        });
        return command;
    }

    private static void List(IReadOnlyList<KernelEntry> found, string? asked, bool json)
    {
        foreach (string line in json ? KernelListing.JsonLines(found) : KernelListing.Lines(found, TerminalWidth))
            Console.WriteLine(line);
        if (!json)
        {
            Console.WriteLine(asked is null
                ? "Show one kernel, or those of an operation such as conv2d: zssr kernels NAME"
                : $"'{asked}' matches several kernels. Show one of them, such as: zssr kernels {Special(found).Invocation}");
        }
    }

    /// <summary>The one that the fewest operations launch: more to the point than one that many use in passing.</summary>
    private static KernelEntry Special(IReadOnlyList<KernelEntry> found) => found.MinBy(entry => entry.Launches.Count)!;

    private static GeneratedCode? Generate(KernelInstance kernel, string? device)
    {
        if (device is null || DeviceSelector.IsAuto(device))
        {
            DeviceInfo? openCl = DeviceCatalog.List().FirstOrDefault(found => found.Name.Kind == DeviceKind.OpenCl && found.IsUsable);
            return openCl is null ? GeneratedCode.ForCuda(kernel, DefaultArchitecture) : GeneratedCode.For(kernel, openCl.Name);
        }

        try
        {
            return GeneratedCode.For(kernel, DeviceName.Parse(device));
        }
        catch (DeviceUnavailableException failure)
        {
            throw new DeviceUnavailableException(
                $"{failure.Message} --cuda {DefaultArchitecture} shows PTX without a device.", failure.Device, failure);
        }
    }

    private static void Show(KernelPage page, bool json)
    {
        foreach (string line in json ? [page.Json()] : page.Lines(TerminalWidth))
            Console.WriteLine(line);
    }

    private static void Write(string path, GeneratedCode? code)
    {
        if (code is null)
            throw new UsageException("on cpu no code is generated that could be written. Give --device opencl:N, or --cuda.");
        AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(code.Text)));
        Console.WriteLine($"Wrote {path}: {code.Language} of {code.Kernel} for {code.Target}.");
    }

    private static string Invocations(IEnumerable<KernelEntry> found) =>
        string.Join(", ", found.Select(entry => entry.Invocation).Distinct());

    private static DType? DTypeNamed(string? name) => name switch
    {
        "float32" => DType.Float32,
        "float64" => DType.Float64,
        _ => null,
    };

    /// <summary>Null where the output goes to a file or a pipe, or the terminal does not tell.</summary>
    private static int? TerminalWidth => Console.IsOutputRedirected || Console.WindowWidth <= 0 ? null : Console.WindowWidth;
}
