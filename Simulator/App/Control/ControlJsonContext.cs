using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LocalAws.Faults;
using WhatsAppBuffer.Simulator.App.Agents;

namespace WhatsAppBuffer.Simulator.App.Control;

/// <summary>JSON of the control API: camelCase, nulls left out.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
[JsonSerializable(typeof(SendMessageRequest))]
[JsonSerializable(typeof(CustomerMessage))]
[JsonSerializable(typeof(IReadOnlyList<ChatView>))]
[JsonSerializable(typeof(ChatItem))]
[JsonSerializable(typeof(IReadOnlyList<PhoneItem>))]
[JsonSerializable(typeof(IReadOnlyList<NoticeView>))]
[JsonSerializable(typeof(IReadOnlyList<PhoneMessage>))]
[JsonSerializable(typeof(IReadOnlyList<MessageTimes>))]
[JsonSerializable(typeof(AgentMessageRequest))]
[JsonSerializable(typeof(FlowRequest))]
[JsonSerializable(typeof(StatusView))]
[JsonSerializable(typeof(StatisticsView))]
[JsonSerializable(typeof(IReadOnlyList<DeadLetterView>))]
[JsonSerializable(typeof(IReadOnlyList<CustomerMessage>))]
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(ScenarioOutcome))]
[JsonSerializable(typeof(AnswerPlan))]
[JsonSerializable(typeof(EndedChats))]
[JsonSerializable(typeof(ErrorView))]
[JsonSerializable(typeof(RedriveView))]
[JsonSerializable(typeof(FaultPlan))]
[JsonSerializable(typeof(FaultsView))]
[JsonSerializable(typeof(ClockView))]
[JsonSerializable(typeof(PartStatus))]
[JsonSerializable(typeof(IReadOnlyList<FunctionEventView>))]
[JsonSerializable(typeof(FunctionAnswer))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class ControlJsonContext : JsonSerializerContext;
