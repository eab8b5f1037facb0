namespace Zssr.Tests.Architecture;

/// <summary>
/// The architecture: for each folder of each project, the folders of the same project that its code uses and may use. A project's own
/// folder, where it holds code, has the project's name. docs/architecture.md draws it.
/// </summary>
internal static class AllowedArrows
{
    /// <summary>For each project its folders, each with those that it uses, separated by blanks.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> ByProject { get; } =
        new Dictionary<string, IReadOnlyDictionary<string, string>>
        {
            ["Zssr.Tensor"] = new Dictionary<string, string>
            {
                ["Convolution"] =
                    "Convolution/Direct Convolution/Epilogue Convolution/Geometry Convolution/Host Convolution/Naive "
                    + "Convolution/Tiled Convolution/Winograd Devices Host Reductions Tensors",
                ["Convolution/Direct"] = "Convolution/Epilogue Convolution/Geometry Convolution/Padding Devices Tensors",
                ["Convolution/Epilogue"] = "Convolution/Padding Devices Host Tensors",
                ["Convolution/Geometry"] = "Tensors",
                ["Convolution/Host"] = "Convolution/Epilogue Convolution/Geometry Host Reductions Tensors Tiles",
                ["Convolution/Naive"] = "Convolution/Epilogue Convolution/Geometry Devices Tensors",
                ["Convolution/Padding"] = "Convolution/Geometry Devices Tensors",
                ["Convolution/Tiled"] = "Convolution/Epilogue Convolution/Geometry Convolution/Padding Devices Tensors Tiles",
                ["Convolution/Winograd"] =
                    "Convolution/Epilogue Convolution/Geometry Convolution/Host Convolution/Padding Devices Host Reductions "
                    + "Tensors Tiles",
                ["Devices"] = "Host Tensors",
                ["Elementwise"] = "Devices Host Tensors",
                ["KernelSources"] = "Devices Host Tensors",
                ["Losses"] = "Devices Host Reductions Tensors",
                ["MatMul"] = "Devices MatMul/Blocked MatMul/Geometry MatMul/Host MatMul/Naive MatMul/Tiled Tensors",
                ["MatMul/Blocked"] = "Devices MatMul/Geometry Tiles",
                ["MatMul/Geometry"] = "Tensors",
                ["MatMul/Host"] = "Host MatMul/Geometry Tiles",
                ["MatMul/Naive"] = "Devices MatMul/Geometry",
                ["MatMul/Tiled"] = "MatMul/Geometry Tiles",
                ["Measuring"] = "Devices Elementwise Host Tensors",
                ["Median"] = "Devices Host Tensors",
                ["Movement"] = "Devices Host Tensors",
                ["NewtonSchulz"] = "Devices Elementwise Host MatMul Reductions Tensors",
                ["Random"] = "Devices Tensors",
                ["Reductions"] = "Devices Host Movement Tensors",
                ["Resizing"] = "Devices Host Movement Tensors",
                ["Tensors"] = "Devices",
                ["Tiles"] = "Devices Host",
                ["Updates"] = "Devices Host NewtonSchulz Tensors",
            },
            ["Zssr.Autograd"] = new Dictionary<string, string>
            {
                ["Checking"] =
                    "Checking/Causes Checking/CheckedFunctions Checking/Contract Checking/Differences Checking/Options "
                    + "Checking/Reports Checking/Twins Tapes",
                ["Checking/Causes"] =
                    "Checking/CheckedFunctions Checking/Contract Checking/Differences Checking/Options Checking/Reports Tapes",
                ["Checking/CheckedFunctions"] = "Checking/Options Checking/Reports Functions/Elementwise Tapes",
                ["Checking/Contract"] = "Checking/CheckedFunctions Checking/Options Checking/Reports Tapes",
                ["Checking/Differences"] = "Checking/CheckedFunctions Checking/Contract Checking/Options Checking/Reports",
                ["Checking/Reports"] = "Checking/Options",
                ["Checking/Twins"] = "Checking/CheckedFunctions Checking/Contract Checking/Options Checking/Reports Tapes",
                ["Derivatives"] = "Tapes",
                ["DeviceSelection"] = "Verification",
                ["Functions/Convolution"] = "Functions/Sums Tapes",
                ["Functions/Elementwise"] = "Functions/Sums Tapes",
                ["Functions/Losses"] = "Functions/Elementwise Functions/Movement Functions/Reductions Functions/Sums Tapes",
                ["Functions/MatMul"] = "Tapes",
                ["Functions/Median"] = "Functions/Elementwise Functions/Movement Tapes",
                ["Functions/Movement"] = "Tapes",
                ["Functions/Recomputation"] = "Tapes",
                ["Functions/Reductions"] = "Functions/Elementwise Functions/Movement Functions/Sums Tapes",
                ["Functions/Resizing"] = "Tapes",
                ["Functions/Sums"] = "Functions/Movement Tapes",
                ["Graphs"] = "Tapes",
                ["Verification"] = "Checking Checking/Options Checking/Reports Verification/Cases Verification/References",
                ["Verification/Cases"] =
                    "Functions/Convolution Functions/Elementwise Functions/Losses Functions/MatMul Functions/Median Functions/Movement "
                    + "Functions/Reductions Functions/Resizing Functions/Sums Tapes Verification/References",
            },
            ["Zssr.Nn"] = new Dictionary<string, string>
            {
                ["BlurKernels"] = "Zssr.Nn",
                ["Checkpoints"] = "BlurKernels LearningRates Network Optimizers Pairs Safetensors Settings Training Zssr.Nn",
                ["Enlarging"] = "Network Rescaling Settings Zssr.Nn",
                ["Learning"] =
                    "BlurKernels Checkpoints LearningRates Leaves Network Optimizers Pairs Rescaling Safetensors Settings Starts "
                    + "SuperResolution Training Zssr.Nn",
                ["LearningRates"] = "Settings",
                ["Leaves"] = "Zssr.Nn",
                ["Network"] = "Settings Starts Zssr.Nn",
                ["Onnx"] = "Network Settings Zssr.Nn",
                ["Optimizers"] = "Network Settings",
                ["Pairs"] = "Jpeg Noise Rescaling Settings Zssr.Nn",
                ["Photographs"] = "Jpeg Noise Settings",
                ["Rescaling"] = "BlurKernels Settings Zssr.Nn",
                ["Safetensors"] = "Zssr.Nn",
                ["Settings"] = "Jpeg Noise Starts Zssr.Nn",
                ["Starts"] = "Safetensors Zssr.Nn",
                ["SuperResolution"] =
                    "BlurKernels Checkpoints Enlarging LearningRates Network Pairs Photographs Rescaling Settings Starts Training Zssr.Nn",
                ["Tracing"] = "Network Training",
                ["Training"] = "LearningRates Network Optimizers Pairs Rescaling Settings Zssr.Nn",
            },
            ["Zssr.App"] = new Dictionary<string, string>
            {
                ["Commands"] =
                    "Benchmarks Devices Display Errors Evaluation Files Images InspectedRuns Jobs KernelPages Options Records "
                    + "Reports RunPages Runs Samples Settings",
                ["Devices"] = "Files",
                ["Display"] = "Jobs Records",
                ["Drawing"] = "Images",
                ["Errors"] = "Files",
                ["Evaluation"] = "Display Errors Files Images Jobs Options Records Runs",
                ["Images"] = "Files Images/Formats Images/Metadata",
                ["Images/Formats"] = "Images/Metadata",
                ["InspectedRuns"] = "Images Records Reports Runs",
                ["Jobs"] = "Errors Files Images Records",
                ["KernelPages"] = "Errors",
                ["Options"] = "Devices Errors Files Images Settings",
                ["Records"] = "Charts Files Images Reports",
                ["Reports"] = "Drawing Images",
                ["RunPages"] = "Charts Images InspectedRuns Records Reports",
                ["Runs"] = "Display Errors Files Images Jobs Records Reports",
                ["Samples"] = "Drawing Images",
                ["Settings"] = "Files",
                ["Zssr.App"] = "Commands Errors Files",
            },
        };

    /// <summary>The arrows of one project.</summary>
    public static IEnumerable<FolderArrow> Of(string project) =>
        ByProject[project].SelectMany(folder => folder.Value.Split(' ').Select(used => new FolderArrow(folder.Key, used)));
}
