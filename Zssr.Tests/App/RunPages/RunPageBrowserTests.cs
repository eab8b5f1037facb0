using System.Globalization;
using Microsoft.Playwright;
using Zssr.App.InspectedRuns;
using Zssr.App.RunPages;
using Zssr.Nn;
using Zssr.Tests.Devices;

namespace Zssr.Tests.App.RunPages;

/// <summary>The page of <c>zssr inspect</c> in a browser, opened from the disk, without any network.</summary>
[TestFixture]
[Needs(Need.Chromium)]
public sealed class RunPageBrowserTests
{
    private readonly List<string> _complaints = [];
    private TemporaryFolder _folder = null!;
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private InspectedRun _run = null!;

    [OneTimeSetUp]
    public async Task Open()
    {
        _folder = new TemporaryFolder();
        // The set-up of a class is in no lane by itself, and this one computes on a device that others share.
        Lane.Here.Enter();
        try
        {
            _run = SmallInspection.Of(ZssrPresets.Article);
        }
        finally
        {
            Lane.Here.Leave();
        }

        await File.WriteAllTextAsync(_folder.File("index.html"), RunPage.Of(_run));
        _playwright = await Playwright.CreateAsync();
        // As root, as containers run, Chromium starts without its sandbox only.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Requirement.Chromium, Args = ["--no-sandbox"] });
    }

    [OneTimeTearDown]
    public async Task Close()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder?.Dispose();
    }

    [Test]
    public async Task It_opens_without_complaint_and_fits_the_window(
        [Values(1280, 390)] int width, [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme)
    {
        IPage page = await PageOf(width, scheme);

        Assert.That(await page.EvaluateAsync<int>("document.documentElement.scrollWidth"), Is.EqualTo(width), "nothing to scroll sideways");
        Assert.That(
            await page.EvaluateAsync<bool>("[...document.images].every(image => image.complete && image.naturalWidth > 0)"), Is.True);
        Assert.That(_complaints, Is.Empty);
        await page.CloseAsync();
    }

    [Test]
    public async Task The_slider_of_time_changes_the_pictures()
    {
        IPage page = await PageOf();
        byte[] last = await page.Locator(".tiles").First.ScreenshotAsync();

        await page.Locator("#moment").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        byte[] first = await page.Locator(".tiles").First.ScreenshotAsync();

        Assert.That(first, Is.Not.EqualTo(last));
        Assert.That(await page.Locator("#moment-name").TextContentAsync(), Is.EqualTo("before the first iteration"));
        await page.CloseAsync();
    }

    [Test]
    public async Task The_wipe_and_the_difference_change_the_picture()
    {
        IPage page = await PageOf();
        ILocator frame = page.Locator(".frame");
        byte[] half = await frame.ScreenshotAsync();

        await page.GetByLabel("Wipe").FillAsync("90");
        byte[] most = await frame.ScreenshotAsync();
        await page.GetByLabel("difference").CheckAsync();
        byte[] difference = await frame.ScreenshotAsync();

        Assert.That(most, Is.Not.EqualTo(half));
        Assert.That(difference, Is.Not.EqualTo(most));
        await page.CloseAsync();
    }

    [Test]
    public async Task A_click_explains_the_number_that_the_network_computed([Values(1, 2, 3)] int layer)
    {
        IPage page = await PageOf();
        ILocator tile = page.GetByLabel($"Layer {layer}, channel 1", new() { Exact = true });

        await tile.ClickAsync(new() { Position = new() { X = 20, Y = 30 } });

        CropActivations crop = _run.Activations;
        string[] place = [(await tile.GetAttributeAsync("data-row"))!, (await tile.GetAttributeAsync("data-column"))!];
        (int row, int column) = (int.Parse(place[0], CultureInfo.InvariantCulture), int.Parse(place[1], CultureInfo.InvariantCulture));
        LayerActivation activation = crop.Moments[^1][layer - 1];
        double expected = activation.Values[(((row * crop.Side) + column) * activation.Channels) + 1];
        Assert.That(row, Is.EqualTo(30 * crop.Side / 96.0).Within(1));
        Assert.That(await Cell(page, "the number"), Is.EqualTo(expected).Within(1e-4 * (1 + Math.Abs(expected))));
        Assert.That(await Cell(page, "the network computed"), Is.EqualTo(expected).Within(1e-4 * (1 + Math.Abs(expected))));
        Assert.That(Math.Abs(await Cell(page, "difference")), Is.InRange(0, 1e-3));
        Assert.That(
            await page.Locator("#explanation").TextContentAsync(),
            layer == 2 ? Does.Contain("+ the layer's input") : Does.Contain("+ bias"));
        await page.CloseAsync();
    }

    [Test]
    public async Task The_keyboard_explains_too()
    {
        IPage page = await PageOf(width: 390);
        ILocator tile = page.Locator(".tile").Nth(2);

        await tile.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.Keyboard.PressAsync("ArrowLeft");

        string middle = (_run.Activations.Side / 2).ToString(CultureInfo.InvariantCulture);
        Assert.That(await tile.GetAttributeAsync("data-row"), Is.EqualTo(middle));
        Assert.That(
            await page.Locator("#explanation caption").TextContentAsync(),
            Does.StartWith($"Layer 1, row {middle}, column {(_run.Activations.Side / 2) - 1}, channel 2"));
        Assert.That(_complaints, Is.Empty);
        await page.CloseAsync();
    }

    private async Task<IPage> PageOf(int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        _complaints.Clear();
        IPage page = await _browser!.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = 900 }, ColorScheme = scheme });
        page.Console += (_, message) => _complaints.Add(message.Text);
        page.PageError += (_, error) => _complaints.Add(error);
        page.RequestFailed += (_, request) => _complaints.Add(request.Url);
        await page.GotoAsync(new Uri(_folder.File("index.html")).AbsoluteUri);
        return page;
    }

    private static async Task<double> Cell(IPage page, string name)
    {
        ILocator row = page.Locator("#explanation tr", new() { Has = page.GetByText(name, new() { Exact = true }) });
        return double.Parse((await row.Locator("td").Nth(1).TextContentAsync())!, CultureInfo.InvariantCulture);
    }
}
