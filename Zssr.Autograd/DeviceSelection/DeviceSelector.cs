using Zssr.Tensors;

namespace Zssr.Autograd.Verification;

/// <summary>Remembers which devices have passed the short self-test, so that it runs once for each driver version.</summary>
public interface ISelfTestMemory
{
    /// <summary>Whether the device has passed with the driver it has now, in the way that it was opened.</summary>
    bool HasPassed(Device device);

    /// <summary>The device has passed.</summary>
    void Remember(Device device);
}

/// <summary>Opens devices that compute rightly.</summary>
/// <remarks>
/// On the first use of a device a short self-test runs; a device that fails it is refused, with the op that was wrong.
/// <c>auto</c> takes the first that exists and passes of CUDA devices, OpenCL GPUs, and <c>cpu</c>.
/// </remarks>
/// <param name="memory">Where verdicts are kept; without one the test runs every time.</param>
/// <param name="quickTest">The short self-test: null where the device is right, else what is wrong. Tests plant failures here.</param>
/// <param name="catalog">Finds the devices that <c>auto</c> chooses from; by default those of this computer.</param>
public sealed class DeviceSelector(
    ISelfTestMemory? memory = null, Func<Device, string?>? quickTest = null, Func<IReadOnlyList<DeviceInfo>>? catalog = null)
{
    /// <summary>The name that means the fastest device that passes its self-test.</summary>
    public const string Auto = "auto";

    private readonly Func<Device, string?> _quickTest = quickTest ?? SelfTest.RunQuick;
    private readonly Func<IReadOnlyList<DeviceInfo>> _catalog = catalog ?? DeviceCatalog.List;

    /// <summary>Opens a device by name: <c>auto</c>, <c>cpu</c>, <c>opencl:N</c> or <c>cuda:N</c>.</summary>
    /// <param name="name">The name, in any case.</param>
    /// <param name="options">How it is to be used.</param>
    /// <param name="onRejected">Told why <c>auto</c> passed over a device, a sentence each.</param>
    /// <exception cref="DeviceUnavailableException">No such device, it cannot be opened, or it computes wrongly.</exception>
    public Device Open(string name, DeviceOptions? options = null, Action<string>? onRejected = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return IsAuto(name)
            ? OpenFastest(options, onRejected)
            : Verified(Device.Open(name, options));
    }

    /// <summary>
    /// The devices that <c>auto</c> tries, best first: CUDA's, OpenCL's GPUs, the processor. An OpenCL device on the processor is not
    /// among them: it is slower than <c>cpu</c>, so it is used only when named.
    /// </summary>
    public static IEnumerable<DeviceInfo> InOrderOfPreference(IReadOnlyList<DeviceInfo> found)
    {
        IEnumerable<DeviceInfo> usable = found.Where(device => device.IsUsable);
        return usable.Where(device => device.Name.Kind == DeviceKind.Cuda)
            .Concat(usable.Where(device => device.Name.Kind == DeviceKind.OpenCl && device.IsGpu))
            .Concat(usable.Where(device => device.Name.Kind == DeviceKind.Cpu));
    }

    /// <summary>Whether a name means the fastest device rather than a certain one.</summary>
    public static bool IsAuto(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Trim().Equals(Auto, StringComparison.OrdinalIgnoreCase);
    }

    private Device OpenFastest(DeviceOptions? options, Action<string>? onRejected)
    {
        foreach (DeviceInfo candidate in InOrderOfPreference(_catalog()))
        {
            if (candidate.Name == DeviceName.Cpu)
                break;
            try
            {
                return Verified(Device.Open(candidate.Name, options));
            }
            catch (DeviceException failure)
            {
                onRejected?.Invoke(failure.Message);
            }
        }

        return Verified(Device.Open(DeviceName.Cpu, options));
    }

    private Device Verified(Device device)
    {
        try
        {
            if (memory?.HasPassed(device) == true)
                return device;
            if (_quickTest(device) is { } failure)
            {
                throw new DeviceUnavailableException(
                    $"{device.Name} ({device.Info.Description}) computes incorrectly and is rejected: {failure}. "
                    + $"Update its driver ({device.Info.Driver}), or use another device.",
                    device.ToString());
            }

            memory?.Remember(device);
            return device;
        }
        catch
        {
            device.Dispose();
            throw;
        }
    }
}
