namespace LocalAws.Tests.Fidelity;

/// <summary>A rule of AWS that this local cloud imitates, and the test that proves it.</summary>
/// <param name="Aws">What AWS does.</param>
/// <param name="Source">Where that is known from.</param>
/// <param name="Test">The class of the test.</param>
/// <param name="Method">The test.</param>
/// <param name="We">What we do where it is not quite the same.</param>
internal sealed record AwsRule(string Aws, string Source, Type Test, string Method, string We = "the same");

/// <summary>The rules of one service.</summary>
internal sealed record AwsRules(string Service, IReadOnlyList<AwsRule> Rules);

/// <summary>What AWS has and this local cloud refuses by name.</summary>
/// <param name="Service">The service.</param>
/// <param name="Setting">The operation, member or value.</param>
/// <param name="Test">The class of the test.</param>
/// <param name="Method">The test.</param>
internal sealed record Refusal(string Service, string Setting, Type Test, string Method);
