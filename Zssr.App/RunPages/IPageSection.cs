using Zssr.App.InspectedRuns;

namespace Zssr.App.RunPages;

/// <summary>A part of the page.</summary>
internal interface IPageSection
{
    /// <summary>The anchor in the page.</summary>
    string Id { get; }

    /// <summary>The heading.</summary>
    string Title { get; }

    /// <summary>One or two sentences that teach what is seen, as HTML.</summary>
    string Lesson(InspectedRun run);

    /// <summary>What is seen, as HTML.</summary>
    string Body(InspectedRun run);
}
