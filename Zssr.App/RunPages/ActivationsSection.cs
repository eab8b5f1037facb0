using System.Globalization;
using System.Text;
using System.Text.Json;
using Zssr.App.Images;
using Zssr.App.InspectedRuns;
using Zssr.Nn;

namespace Zssr.App.RunPages;

/// <summary>What each layer answers to one crop, over the time of the training; a click explains a number.</summary>
internal sealed class ActivationsSection : IPageSection
{
    private const int MostChannels = 12;

    public string Id => "activations";

    public string Title => "Activations";

    public string Lesson(InspectedRun run) =>
        "The activations of each layer on one small part of the picture, all that the network sees here. The slider goes through the "
        + "training: filters that begin as noise learn to respond to edges of one direction, to flat parts, to corners."
        + (CanExplain(run)
            ? " Click a pixel to see how its number came to be; with the keyboard, go to a channel and use the arrow keys." : "");

    public string Body(InspectedRun run)
    {
        CropActivations crop = run.Activations;
        var html = new StringBuilder();
        string last = (run.Moments.Count - 1).ToString(CultureInfo.InvariantCulture);
        html.Append("<div class=\"controls\"><label>Training time <input type=\"range\" id=\"moment\" min=\"0\" max=\"").Append(last);
        html.Append("\" value=\"").Append(last).Append("\"></label> <output id=\"moment-name\"></output></div>");
        html.Append(CultureInfo.InvariantCulture, $"<p class=\"caption\">The part is {crop.Side} × {crop.Side} pixels, ");
        html.Append(CultureInfo.InvariantCulture, $"from row {crop.Top} and column {crop.Left} of what the network is given on.</p>");
        html.Append("<div class=\"split\"><div>");
        int layers = crop.Moments[0].Count;
        for (int layer = 0; layer < layers; layer++)
            AppendLayer(html, crop, layer);
        html.Append("</div><div id=\"explanation\" class=\"panel\" aria-live=\"polite\">");
        html.Append(CanExplain(run)
            ? "<p>Nothing chosen yet: click an activation.</p>"
            : "<p>The network is too large to explain its numbers here; <code>zssr explain</code> does.</p>");
        html.Append("</div></div><script type=\"application/json\" id=\"activation-data\">");
        return html.Append(JsonSerializer.Serialize(Data(run))).Append("</script>").ToString();
    }

    private static bool CanExplain(InspectedRun run) =>
        run.Activations.Moments[^1].Sum(layer => (long)layer.Values.Length) + run.Moments[^1].Parameters.Sum(p => (long)p.Values.Length)
        <= CropActivations.MostNumbers;

    /// <summary>The channels' pictures as one: a row for each moment, a column for each channel.</summary>
    private static void AppendLayer(StringBuilder html, CropActivations crop, int layer)
    {
        int channels = crop.Moments[0][layer].Channels, shown = Math.Min(channels, MostChannels), side = crop.Side;
        float[] sprite = new float[crop.Moments.Count * side * shown * side];
        for (int moment = 0; moment < crop.Moments.Count; moment++)
        {
            float[] values = crop.Moments[moment][layer].Values;
            (float black, float white) = Range(values);
            for (int i = 0; i < side * side * shown; i++)
            {
                (int y, int channel, int x) = (i / (side * shown), i / side % shown, i % side);
                float value = values[(((y * side) + x) * channels) + channel];
                sprite[(moment * side * side * shown) + i] = Math.Clamp((value - black) / (white > black ? white - black : 1), 0, 1);
            }
        }

        var picture = new Picture(crop.Moments.Count * side, shown * side, 1, sprite);
        html.Append(CultureInfo.InvariantCulture, $"<h3>Layer {layer + 1} <small>{shown} of {channels} channels, ");
        html.Append(CultureInfo.InvariantCulture, $"<span data-range=\"{layer}\"></span></small></h3>");
        html.Append(CultureInfo.InvariantCulture, $"<div class=\"tiles\" style=\"--columns:{shown};--rows:{crop.Moments.Count};");
        html.Append("--sprite:url(").Append(Html.Source(picture)).Append(")\">");
        for (int channel = 0; channel < shown; channel++)
        {
            html.Append(CultureInfo.InvariantCulture, $"<button type=\"button\" class=\"tile\" style=\"--column:{channel}\" ");
            html.Append(CultureInfo.InvariantCulture, $"data-layer=\"{layer}\" data-channel=\"{channel}\" ");
            html.Append(CultureInfo.InvariantCulture, $"aria-label=\"Layer {layer + 1}, channel {channel}\"></button>");
        }

        html.Append("</div>");
    }

    private static (float Black, float White) Range(float[] values) => (values.Min(), values.Max());

    private static object Data(InspectedRun run)
    {
        CropActivations crop = run.Activations;
        bool explains = CanExplain(run);
        IReadOnlyList<(ParameterValues Weight, ParameterValues? Bias)> layers = NetworkSection.LayersOf(run.Moments[^1]);
        bool addsInBlocks = run.Settings.Network.Form == NetworkForm.BlockResiduals;
        return new
        {
            side = crop.Side,
            moments = run.Moments.Select(moment => moment.Iteration),
            ranges = Enumerable.Range(0, layers.Count).Select(layer => crop.Moments.Select(moment =>
            {
                (float black, float white) = Range(moment[layer].Values);
                return new[] { black, white };
            })),
            input = explains ? Base64(crop.Input) : "",
            layers = explains ? layers.Select((layer, i) => new
            {
                kernel = layer.Weight.Shape[0],
                inputs = layer.Weight.Shape[2],
                outputs = layer.Weight.Shape[3],
                relu = i < layers.Count - 1,
                residual = addsInBlocks && layer.Weight.Shape[2] == layer.Weight.Shape[3],
                weight = Base64(layer.Weight.Values),
                bias = layer.Bias is { } bias ? Base64(bias.Values) : "",
                output = Base64(crop.Moments[^1][i].Values),
            }) : [],
        };
    }

    /// <summary>float32 numbers, little-endian, as JavaScript's Float32Array takes them.</summary>
    private static string Base64(float[] values)
    {
        byte[] bytes = new byte[values.Length * sizeof(float)];
        for (int i = 0; i < values.Length; i++)
            System.Buffers.Binary.BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), values[i]);
        return Convert.ToBase64String(bytes);
    }
}
