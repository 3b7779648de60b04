using System.Reflection;
using System.Text.RegularExpressions;

namespace LocalAws.Tests.Examples;

/// <summary>The page docs/testing-with-localcloud.md shows the code of the tests beside this one, and no other.</summary>
public partial class DocumentedExamplesTests
{
    private static readonly Assembly Here = typeof(DocumentedExamplesTests).Assembly;

    [Fact]
    public void Every_block_of_code_on_the_page_is_part_of_a_test()
    {
        string[] examples = [.. Here.GetManifestResourceNames().Where(name => name.EndsWith("Example.cs", StringComparison.Ordinal)).Select(Read)];
        string[] blocks = [.. CSharpBlock().Matches(Read("Examples/testing-with-localcloud.md")).Select(match => match.Groups[1].Value)];

        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(examples, example => example.Contains(block, StringComparison.Ordinal)));
    }

    /// <summary>Without indentation, which differs with the place.</summary>
    private static string Read(string resource)
    {
        using var reader = new StreamReader(Here.GetManifestResourceStream(resource)!);
        return string.Join('\n', reader.ReadToEnd().Split('\n').Select(line => line.Trim()));
    }

    [GeneratedRegex("```csharp\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex CSharpBlock();
}
