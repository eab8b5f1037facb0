namespace Zssr.Tensors;

/// <summary>Shapes that do not fit the operation. The message names the operation, the shapes and the rule.</summary>
public sealed class ShapeException(string message) : ArgumentException(message);

/// <summary>Element types that do not fit the operation or the device.</summary>
public sealed class DTypeException(string message) : ArgumentException(message);

/// <summary>Tensors of two devices met in one operation. The message names both devices.</summary>
public sealed class DeviceMismatchException(string message) : ArgumentException(message);

/// <summary>A tensor, device or operation was used after it had been disposed.</summary>
public sealed class TensorDisposedException(string message) : ObjectDisposedException(null, message);
