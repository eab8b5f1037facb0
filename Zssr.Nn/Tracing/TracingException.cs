namespace Zssr.Nn.Inspection;

/// <summary>A layer, a pixel or a weight was asked for that is not there. The message says what there is.</summary>
public sealed class InspectionException(string message) : Exception(message);
