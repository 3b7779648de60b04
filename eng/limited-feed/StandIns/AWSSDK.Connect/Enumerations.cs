using Amazon.Runtime;

namespace Amazon.Connect;

public class ConfigurableNotificationPriority(string value) : ConstantClass(value)
{
    public static readonly ConfigurableNotificationPriority HIGH = new("HIGH");
    public static readonly ConfigurableNotificationPriority LOW = new("LOW");

    public static ConfigurableNotificationPriority FindValue(string value) => FindValue<ConfigurableNotificationPriority>(value);

    public static implicit operator ConfigurableNotificationPriority(string value) => FindValue(value);
}

public class DisconnectOnCustomerExitParticipantType(string value) : ConstantClass(value)
{
    public static readonly DisconnectOnCustomerExitParticipantType AGENT = new("AGENT");

    public static DisconnectOnCustomerExitParticipantType FindValue(string value) =>
        FindValue<DisconnectOnCustomerExitParticipantType>(value);

    public static implicit operator DisconnectOnCustomerExitParticipantType(string value) => FindValue(value);
}

public class RehydrationType(string value) : ConstantClass(value)
{
    public static readonly RehydrationType ENTIRE_PAST_SESSION = new("ENTIRE_PAST_SESSION");
    public static readonly RehydrationType FROM_SEGMENT = new("FROM_SEGMENT");

    public static RehydrationType FindValue(string value) => FindValue<RehydrationType>(value);

    public static implicit operator RehydrationType(string value) => FindValue(value);
}

public class ResponseMode(string value) : ConstantClass(value)
{
    public static readonly ResponseMode COMPLETE = new("COMPLETE");
    public static readonly ResponseMode INCREMENTAL = new("INCREMENTAL");

    public static ResponseMode FindValue(string value) => FindValue<ResponseMode>(value);

    public static implicit operator ResponseMode(string value) => FindValue(value);
}
