using System.Text.Json;
using System.Text.Json.Serialization;

namespace WhatsAppBuffer.Simulator.App.Scenarios;

/// <summary>JSON of scenario files: camelCase, comments allowed, a member that no scenario has is an error.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Scenario))]
[JsonSerializable(typeof(PriceList))]
internal sealed partial class ScenarioJsonContext : JsonSerializerContext;
