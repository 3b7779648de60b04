using Amazon.Runtime;

namespace Amazon.ConnectParticipant;

public class ArtifactStatus(string value) : ConstantClass(value)
{
    public static readonly ArtifactStatus APPROVED = new("APPROVED");
    public static readonly ArtifactStatus IN_PROGRESS = new("IN_PROGRESS");
    public static readonly ArtifactStatus REJECTED = new("REJECTED");

    public static ArtifactStatus FindValue(string value) => FindValue<ArtifactStatus>(value);

    public static implicit operator ArtifactStatus(string value) => FindValue(value);
}

public class ChatItemType(string value) : ConstantClass(value)
{
    public static readonly ChatItemType ATTACHMENT = new("ATTACHMENT");
    public static readonly ChatItemType CHAT_ENDED = new("CHAT_ENDED");
    public static readonly ChatItemType CONNECTION_ACK = new("CONNECTION_ACK");
    public static readonly ChatItemType EVENT = new("EVENT");
    public static readonly ChatItemType MESSAGE = new("MESSAGE");
    public static readonly ChatItemType MESSAGE_DELIVERED = new("MESSAGE_DELIVERED");
    public static readonly ChatItemType MESSAGE_READ = new("MESSAGE_READ");
    public static readonly ChatItemType PARTICIPANT_JOINED = new("PARTICIPANT_JOINED");
    public static readonly ChatItemType PARTICIPANT_LEFT = new("PARTICIPANT_LEFT");
    public static readonly ChatItemType TRANSFER_FAILED = new("TRANSFER_FAILED");
    public static readonly ChatItemType TRANSFER_SUCCEEDED = new("TRANSFER_SUCCEEDED");
    public static readonly ChatItemType TYPING = new("TYPING");

    public static ChatItemType FindValue(string value) => FindValue<ChatItemType>(value);

    public static implicit operator ChatItemType(string value) => FindValue(value);
}

public class ConnectionType(string value) : ConstantClass(value)
{
    public static readonly ConnectionType CONNECTION_CREDENTIALS = new("CONNECTION_CREDENTIALS");
    public static readonly ConnectionType WEBRTC_CONNECTION = new("WEBRTC_CONNECTION");
    public static readonly ConnectionType WEBSOCKET = new("WEBSOCKET");

    public static ConnectionType FindValue(string value) => FindValue<ConnectionType>(value);

    public static implicit operator ConnectionType(string value) => FindValue(value);
}

public class MessageProcessingStatus(string value) : ConstantClass(value)
{
    public static readonly MessageProcessingStatus FAILED = new("FAILED");
    public static readonly MessageProcessingStatus PROCESSING = new("PROCESSING");
    public static readonly MessageProcessingStatus REJECTED = new("REJECTED");

    public static MessageProcessingStatus FindValue(string value) => FindValue<MessageProcessingStatus>(value);

    public static implicit operator MessageProcessingStatus(string value) => FindValue(value);
}

public class ParticipantRole(string value) : ConstantClass(value)
{
    public static readonly ParticipantRole AGENT = new("AGENT");
    public static readonly ParticipantRole CUSTOM_BOT = new("CUSTOM_BOT");
    public static readonly ParticipantRole CUSTOMER = new("CUSTOMER");
    public static readonly ParticipantRole SUPERVISOR = new("SUPERVISOR");
    public static readonly ParticipantRole SYSTEM = new("SYSTEM");

    public static ParticipantRole FindValue(string value) => FindValue<ParticipantRole>(value);

    public static implicit operator ParticipantRole(string value) => FindValue(value);
}

public class ScanDirection(string value) : ConstantClass(value)
{
    public static readonly ScanDirection BACKWARD = new("BACKWARD");
    public static readonly ScanDirection FORWARD = new("FORWARD");

    public static ScanDirection FindValue(string value) => FindValue<ScanDirection>(value);

    public static implicit operator ScanDirection(string value) => FindValue(value);
}

public class SortKey(string value) : ConstantClass(value)
{
    public static readonly SortKey ASCENDING = new("ASCENDING");
    public static readonly SortKey DESCENDING = new("DESCENDING");

    public static SortKey FindValue(string value) => FindValue<SortKey>(value);

    public static implicit operator SortKey(string value) => FindValue(value);
}
