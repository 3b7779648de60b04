using LocalAws.Tests.Connect;
using LocalAws.Tests.Events;
using LocalAws.Tests.Logs;
using LocalAws.Tests.Protocols;
using LocalAws.Tests.S3;
using LocalAws.Tests.Sns;
using LocalAws.Tests.SocialMessaging;
using LocalAws.Tests.Sqs;
using LocalAws.Tests.Ssm;

namespace LocalAws.Tests.Fidelity;

internal static class OtherRules
{
    private const string Sns = "SNS guide, Message delivery retries";
    private const string SnsApi = "SNS API reference";
    private const string Connect = "Connect API reference";
    private const string Participant = "Connect Participant API reference";
    private const string Quotas = "Connect quotas";
    private const string SqsApi = "SQS API reference";
    private const string EventBridge = "EventBridge guide, Rules that run on a schedule";
    private const string EventBridgeApi = "EventBridge API reference";
    private const string S3Api = "S3 API reference";
    private const string SsmApi = "Systems Manager API reference";

    public static IReadOnlyList<AwsRules> All { get; } =
    [
        new("SNS",
        [
            new("gives a function one record, in the shapes of AWS", "Lambda guide, Using Lambda with SNS", typeof(NotificationFormatTests), nameof(NotificationFormatTests.A_function_gets_one_record_with_the_members_and_shapes_of_AWS)),
            new("delivers at least once: the same notification may come again", "SNS guide", typeof(SnsEngineTests), nameof(SnsEngineTests.A_redelivery_is_the_same_notification_again), We: "when told to, or by a fault plan"),
            new("retries an AWS-managed endpoint 100,015 times over 23 days", Sns, typeof(SubscriptionDeliveryTests), nameof(SubscriptionDeliveryTests.The_retries_are_those_of_an_AWS_managed_endpoint)),
            new("does not retry a function that is gone; the message goes to the dead-letter queue", Sns, typeof(SubscriptionDeliveryTests), nameof(SubscriptionDeliveryTests.A_missing_function_is_not_tried_again_and_the_message_goes_to_the_dead_letter_queue)),
            new("keeps messages from a subscription by its filter policy on attributes", "SNS guide, Message filtering", typeof(SnsEngineTests), nameof(SnsEngineTests.A_filter_policy_keeps_messages_away)),
            new("takes messages as large as the topic allows, attributes included", SnsApi, typeof(MessageRulesTests), nameof(MessageRulesTests.A_message_may_be_as_large_as_the_topic_allows)),
            new("shares the size limit among a batch", SnsApi, typeof(SnsWireTests), nameof(SnsWireTests.A_batch_shares_the_size_limit_of_one_message)),
            new("gives every subscription every message", SnsApi, typeof(SnsEngineTests), nameof(SnsEngineTests.Every_subscription_gets_every_message)),
            new("answers a repeated CreateTopic with the same topic, unless the attributes differ", SnsApi, typeof(SnsEngineTests), nameof(SnsEngineTests.A_topic_is_not_created_again_with_other_attributes)),
            new("answers a repeated Subscribe with the same subscription", SnsApi, typeof(SnsEngineTests), nameof(SnsEngineTests.Subscribing_twice_is_subscribing_once)),
            new("gives a queue an envelope, or with raw delivery the bare message", "SNS guide, Raw message delivery", typeof(NotificationFormatTests), nameof(NotificationFormatTests.Raw_delivery_is_the_bare_message_with_its_attributes)),
            new("takes a body for each protocol (MessageStructure json)", SnsApi, typeof(MessageRulesTests), nameof(MessageRulesTests.A_structured_message_has_a_body_per_protocol)),
            new("takes subjects of up to 100 characters of ASCII", SnsApi, typeof(MessageRulesTests), nameof(MessageRulesTests.A_subject_against_the_rules_is_refused)),
            new("succeeds and fails entry by entry in a batch", SnsApi, typeof(SnsWireTests), nameof(SnsWireTests.A_batch_succeeds_and_fails_entry_by_entry)),
            new("keeps messages from a subscription by its filter policy on the body", "SNS guide, Payload-based message filtering", typeof(FilterPolicyTests), nameof(FilterPolicyTests.A_body_is_compared_member_by_member)),
            new("takes filter policies of up to 5 keys and 150 combinations", "SNS guide, Filter policy constraints", typeof(FilterPolicyTests), nameof(FilterPolicyTests.A_policy_has_at_most_5_keys_and_150_combinations)),
            new("shows and changes a subscription's policies", SnsApi, typeof(SubscriptionAttributesTests), nameof(SubscriptionAttributesTests.What_is_set_is_shown_and_holds_for_the_next_message)),
            new("lists topics a hundred at a time", SnsApi, typeof(SnsWireTests), nameof(SnsWireTests.Topics_are_listed_a_hundred_at_a_time)),
        ]),
        new("EventBridge",
        [
            new("fires a rule each time its rate has passed", EventBridge, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_schedule_fires_each_time_its_rate_has_passed), We: "the same, to the moment; AWS promises the minute"),
            new("tells targets in this shape", EventBridge, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.The_event_has_the_shape_of_a_scheduled_event)),
            new("gives a target its constant input instead", EventBridgeApi, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_target_gets_its_constant_input_instead_of_the_event)),
            new("invokes a function asynchronously", "EventBridge guide, Targets", typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_function_is_invoked_asynchronously_and_the_schedule_itself_keeps_nothing_busy)),
            new("does not fire a disabled rule; when it fires first after it is enabled or changed is not documented", EventBridge, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_disabled_rule_does_not_fire_and_begins_anew_when_it_is_enabled), We: "when the rate has passed once"),
            new("keeps the targets of a rule that is put again", EventBridgeApi, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_rule_that_is_put_again_keeps_its_targets_and_begins_anew)),
            new("deletes a rule only when its targets are gone", EventBridgeApi, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_rule_with_targets_cannot_be_deleted_and_one_that_is_gone_fires_no_more)),
            new("takes rates in minutes, hours and days, in the singular for 1", EventBridge, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_rate_is_in_minutes_hours_or_days)),
            new("refuses any other rate", EventBridge, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.Any_other_is_refused_in_AWSs_words)),
            new("takes five targets for a rule", "EventBridge quotas", typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_rule_has_five_targets_at_most_and_one_of_the_same_id_is_replaced)),
            new("tries for 24 hours to tell a target", EventBridgeApi, typeof(EventBridgeEngineTests), nameof(EventBridgeEngineTests.A_target_that_is_not_there_is_told_to_the_host_and_the_schedule_goes_on), We: "once, and tells the host program when it was in vain"),
            new("lists rules page by page", EventBridgeApi, typeof(EventBridgeServiceTests), nameof(EventBridgeServiceTests.Rules_are_listed_page_by_page)),
        ]),
        new("Connect and its participant service",
        [
            new("finds the agent who has a chat, and tells users something in the workspace's header, once for a client token", Connect, typeof(ConnectServiceTests), nameof(ConnectServiceTests.The_agent_who_has_a_chat_is_found_and_told_something_once)),
            new("takes notifications of 250 characters in eleven locales, for users of the instance", Connect, typeof(ConnectServiceTests), nameof(ConnectServiceTests.What_cannot_be_told_is_refused_by_name)),
            new("answers a repeated client token with the same chat", Connect, typeof(StartChatContactTests), nameof(StartChatContactTests.A_repeated_client_token_answers_the_same_chat)),
            new("answers a repeated client token of a message with the same item", Participant, typeof(ParticipantEngineTests), nameof(ParticipantEngineTests.A_repeated_client_token_answers_the_same_item_and_adds_nothing)),
            new("counts only open chats against the quota", Quotas, typeof(StartChatContactTests), nameof(StartChatContactTests.The_quota_counts_only_chats_that_have_not_ended)),
            new("throttles by rate and burst, in each service's own words", Quotas, typeof(RequestQuotaTests), nameof(RequestQuotaTests.Messages_beyond_the_burst_are_throttled_until_the_rate_has_caught_up)),
            new("limits content by its type: 1,024 characters of plain text", Participant, typeof(ParticipantEngineTests), nameof(ParticipantEngineTests.Each_content_type_has_its_own_longest_content), We: "the same, and the longest text can be set: sources differ"),
            new("ends a chat whose customer does not connect within five minutes", Connect, typeof(ChatLifeTests), nameof(ChatLifeTests.A_chat_ends_when_its_customer_is_not_connected_within_five_minutes)),
            new("lets a chat last 25 hours unless asked otherwise", Connect, typeof(ChatLifeTests), nameof(ChatLifeTests.A_chat_lasts_25_hours_when_nothing_was_asked)),
            new("denies everything in an ended chat, with the same words as a wrong token", Participant, typeof(ParticipantEngineTests), nameof(ParticipantEngineTests.An_ended_chat_denies_everything)),
            new("lets a connection token live for a day; the participant token brings a new one", Participant, typeof(ParticipantEngineTests), nameof(ParticipantEngineTests.A_connection_token_lives_for_a_day_and_the_participant_token_brings_a_new_one)),
            new("publishes what is said to the streaming topic, in order", "Connect guide, Real-time chat message streaming", typeof(ChatStreamingTests), nameof(ChatStreamingTests.Customer_agent_and_events_are_published_in_the_order_of_the_chat)),
            new("does not publish what was said before streaming began", "Connect guide, Real-time chat message streaming", typeof(ChatStreamingTests), nameof(ChatStreamingTests.What_was_said_before_streaming_began_or_after_it_stopped_is_not_published)),
            new("adds and replaces contact attributes and keeps the others, even after the end", Connect, typeof(ContactAttributesTests), nameof(ContactAttributesTests.Attributes_are_added_and_replaced_and_the_others_stay_even_after_the_end)),
            new("keeps a client token to its instance", Connect, typeof(StartChatContactTests), nameof(StartChatContactTests.A_client_token_belongs_to_its_instance)),
            new("forgets a client token in the end (after how long is not documented)", "not documented", typeof(StartChatContactTests), nameof(StartChatContactTests.A_client_token_is_forgotten_in_the_end), We: "after a day"),
            new("starts one chat for two calls with one token at the same time", Connect, typeof(StartChatContactTests), nameof(StartChatContactTests.Two_starts_with_one_token_at_the_same_time_start_one_chat)),
            new("refuses a start whose members are out of limits", Connect, typeof(StartChatContactTests), nameof(StartChatContactTests.A_request_out_of_limits_is_refused)),
            new("needs text/plain among the supported content types", Connect, typeof(StartChatContactTests), nameof(StartChatContactTests.Plain_text_must_be_among_the_supported_content_types)),
            new("finds no unknown instance or contact flow", Connect, typeof(StartChatContactTests), nameof(StartChatContactTests.An_unknown_instance_or_flow_is_not_found)),
            new("takes only its own events, of typing, delivery and receipt", Participant, typeof(ParticipantEngineTests), nameof(ParticipantEngineTests.An_event_that_AWS_does_not_take_is_refused)),
            new("ends the chat when its customer leaves", Participant, typeof(ParticipantEngineTests), nameof(ParticipantEngineTests.A_customer_who_leaves_ends_the_chat)),
            new("pages through the transcript, the latest ten first unless asked otherwise", Participant, typeof(TranscriptPageTests), nameof(TranscriptPageTests.Unasked_the_latest_ten_come_newest_first)),
            new("streams to standard topics only", Connect, typeof(ChatStreamingTests), nameof(ChatStreamingTests.A_target_that_is_not_a_standard_topic_is_refused)),
            new("takes files of up to 20 MB", "Connect guide, Feature specifications", typeof(AttachmentTests), nameof(AttachmentTests.Twenty_megabytes_are_the_most)),
            new("takes 35 attachments in a chat", "Connect guide, Feature specifications", typeof(AttachmentTests), nameof(AttachmentTests.A_chat_takes_thirty_five_attachments)),
            new("takes only files of certain types", "Connect guide, Feature specifications", typeof(AttachmentTests), nameof(AttachmentTests.A_file_type_that_Connect_does_not_take_is_refused)),
            new("completes an upload only of what was announced", Participant, typeof(AttachmentTests), nameof(AttachmentTests.What_is_uploaded_must_be_what_was_announced)),
            new("answers repeated client tokens of attachments with the same, others with a conflict", Participant, typeof(AttachmentTests), nameof(AttachmentTests.Repeats_with_the_same_client_token_change_nothing_and_others_conflict)),
            new("shows a file that is being scanned as IN_PROGRESS, then APPROVED or REJECTED", "Connect guide, Attachment scanning", typeof(AttachmentTests), nameof(AttachmentTests.A_scanned_file_is_in_progress_until_the_scan_is_over)),
        ]),
        new("S3",
        [
            new("lets a presigned URL do one thing until it expires", S3Api, typeof(S3EngineTests), nameof(S3EngineTests.A_URL_signed_by_the_cloud_allows_one_thing_until_it_expires_on_the_clouds_clock)),
            new("takes bucket names by its rules", S3Api, typeof(S3EngineTests), nameof(S3EngineTests.A_bucket_is_named_by_the_rules)),
            new("creates an existing bucket of one's own again in us-east-1 only", S3Api, typeof(S3EngineTests), nameof(S3EngineTests.A_bucket_may_be_created_again_in_us_east_1_only)),
            new("takes keys of up to 1,024 bytes and 2 KB of metadata", S3Api, typeof(S3EngineTests), nameof(S3EngineTests.Keys_and_metadata_have_a_longest_length)),
            new("lists page by page, folders for their keys", S3Api, typeof(S3SdkTests), nameof(S3SdkTests.A_listing_is_read_page_by_page_and_folders_stand_for_their_keys)),
            new("puts an object together from parts of at least 5 MB", S3Api, typeof(S3SdkTests), nameof(S3SdkTests.Parts_must_be_there_in_order_and_large_enough)),
            new("reads a range of an object", S3Api, typeof(S3SdkTests), nameof(S3SdkTests.A_range_of_an_object_can_be_read)),
            new("refuses a body that does not fit its checksum", S3Api, typeof(S3SdkTests), nameof(S3SdkTests.A_body_that_does_not_fit_its_sum_is_refused)),
        ]),
        new("End User Messaging Social",
        [
            new("refuses what Meta would refuse", "Meta, WhatsApp Cloud API reference", typeof(SocialMessagingEngineTests), nameof(SocialMessagingEngineTests.What_Meta_would_not_take_is_refused_and_not_kept)),
            new("takes messages of up to 2,048,000 bytes", "End User Messaging Social API reference", typeof(SocialMessagingEngineTests), nameof(SocialMessagingEngineTests.A_message_may_have_2048000_bytes)),
            new("sends only from a registered number", "End User Messaging Social API reference", typeof(SocialMessagingEngineTests), nameof(SocialMessagingEngineTests.A_number_must_be_spelled_right_and_registered)),
            new("takes versions of Meta's API such as v23.0", "End User Messaging Social API reference", typeof(SocialMessagingEngineTests), nameof(SocialMessagingEngineTests.A_version_of_Metas_API_looks_like_v23_0)),
            new("stores media under the given key, the media id and an extension", "End User Messaging Social API reference", typeof(MediaTests), nameof(MediaTests.What_a_customer_sent_is_stored_under_key_media_id_and_extension)),
            new("takes exactly one source, and exactly one destination, of media", "End User Messaging Social API reference", typeof(MediaTests), nameof(MediaTests.Exactly_one_source_and_one_destination_must_be_named)),
            new("takes media up to a size for each type", "Meta, WhatsApp Cloud API reference", typeof(MediaTests), nameof(MediaTests.WhatsApp_takes_files_up_to_a_size_for_each_type)),
            new("keeps media for 30 days, what customers sent for 7", "End User Messaging Social guide; Meta", typeof(MediaTests), nameof(MediaTests.Uploads_are_kept_for_30_days_and_what_customers_sent_for_7)),
            new("lets only the number that uploaded media use it", "End User Messaging Social API reference", typeof(MediaTests), nameof(MediaTests.A_file_belongs_to_one_number)),
            new("takes what a message's statuses bring back (`biz_opaque_callback_data`)", "Meta, WhatsApp Cloud API reference", typeof(SocialMessagingEngineTests), nameof(SocialMessagingEngineTests.What_statuses_bring_back_is_kept_beside_a_message)),
            new("takes texts of up to 4,096 characters", "Meta, WhatsApp Cloud API reference", typeof(SocialMessagingEngineTests), nameof(SocialMessagingEngineTests.A_text_may_have_4096_characters)),
        ]),
        new("SQS",
        [
            new("hides a received message until its time is over", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.A_received_message_is_hidden_until_its_time_is_over)),
            new("moves a message that was received too often to the dead-letter queue", SqsApi, typeof(DeadLetterTests), nameof(DeadLetterTests.A_message_received_too_often_moves_to_the_dead_letter_queue)),
            new("moves dead letters back as new messages", SqsApi, typeof(DeadLetterTests), nameof(DeadLetterTests.Dead_letters_are_moved_back_as_new_messages)),
            new("keeps a deleted queue's name for a minute", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.A_deleted_queue_keeps_its_name_for_a_minute)),
            new("answers a long poll as soon as a message comes", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.A_waiting_receive_gets_the_message_that_comes)),
            new("keeps a message for its retention period", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.A_message_does_not_outlive_its_retention)),
            new("delays a message", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.A_delayed_message_waits)),
            new("deletes only by the last receipt handle", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.Only_the_last_receipt_handle_deletes)),
            new("prolongs and gives back the visibility of a message in flight", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.Visibility_can_be_prolonged_and_given_back)),
            new("purges a queue once a minute", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.A_purged_queue_is_empty_and_is_not_purged_again_within_a_minute)),
            new("answers a repeated CreateQueue with the same queue, unless the attributes differ", SqsApi, typeof(SqsEngineTests), nameof(SqsEngineTests.A_queue_is_created_once)),
            new("takes messages as large as the queue allows, attributes included", SqsApi, typeof(SqsMessageRulesTests), nameof(SqsMessageRulesTests.A_message_may_be_as_large_as_the_queue_allows)),
            new("takes ten attributes", SqsApi, typeof(SqsMessageRulesTests), nameof(SqsMessageRulesTests.A_message_may_have_ten_attributes)),
            new("refuses characters that XML does not know", SqsApi, typeof(SqsMessageRulesTests), nameof(SqsMessageRulesTests.A_character_that_XML_does_not_know_is_refused)),
            new("succeeds and fails entry by entry in a batch", SqsApi, typeof(SqsServiceTests), nameof(SqsServiceTests.Batches_succeed_and_fail_entry_by_entry)),
            new("moves messages only from a dead-letter queue", SqsApi, typeof(DeadLetterTests), nameof(DeadLetterTests.Only_a_dead_letter_queue_can_be_moved_from)),
        ]),
        new("Systems Manager parameters",
        [
            new("makes a new version of an overwritten parameter and keeps the last hundred", SsmApi, typeof(SsmEngineTests), nameof(SsmEngineTests.Only_the_last_hundred_versions_are_kept)),
            new("takes values of up to 4,096 bytes", SsmApi, typeof(SsmEngineTests), nameof(SsmEngineTests.A_value_may_have_4096_bytes_and_no_more)),
            new("shows a SecureString only with decryption", SsmApi, typeof(SsmServiceTests), nameof(SsmServiceTests.A_SecureString_is_readable_only_with_decryption)),
            new("overwrites only when asked to", SsmApi, typeof(SsmEngineTests), nameof(SsmEngineTests.An_existing_parameter_is_not_overwritten_unasked)),
            new("keeps the type of a parameter", SsmApi, typeof(SsmEngineTests), nameof(SsmEngineTests.A_parameter_keeps_its_type)),
            new("lists a path, its own level or all below, page by page", SsmApi, typeof(SsmEngineTests), nameof(SsmEngineTests.A_path_lists_its_own_level_or_all_below)),
            new("finds a parameter by its ARN", SsmApi, typeof(SsmEngineTests), nameof(SsmEngineTests.A_parameter_is_found_by_its_ARN)),
            new("answers several parameters with the names it did not find", SsmApi, typeof(SsmServiceTests), nameof(SsmServiceTests.Several_parameters_come_with_the_names_that_were_not_found)),
        ]),
        new("CloudWatch Logs",
        [
            new("has a group per function, /aws/lambda/{function}, and a stream per sandbox", "Lambda guide, Using CloudWatch logs", typeof(LogsServiceTests), nameof(LogsServiceTests.Every_function_has_a_group), We: "the last 2,000 lines of each (LambdaOptions.LogLines)"),
            new("filters a group's lines, so that `aws logs tail` follows them", "CloudWatch Logs API reference", typeof(LogsServiceTests), nameof(LogsServiceTests.A_tail_shows_the_lines_of_all_invocations_in_order_and_afterwards_only_new_ones)),
            new("takes filter patterns of terms", "CloudWatch Logs guide, Filter pattern syntax", typeof(LogsServiceTests), nameof(LogsServiceTests.A_pattern_of_terms_chooses_lines)),
            new("repeats a token of GetLogEvents at the end of a stream", "CloudWatch Logs API reference", typeof(LogsServiceTests), nameof(LogsServiceTests.A_stream_is_read_from_its_end_and_from_its_head_and_a_token_repeats_when_there_is_no_more)),
        ]),
        new("STS and what all services share",
        [
            new("tells who calls (GetCallerIdentity)", "STS API reference", typeof(UnknownServiceTests), nameof(UnknownServiceTests.Who_calls_is_the_root_user_of_the_account), We: "always the account's root user"),
            new("answers a fault of its own in the service's protocol, with status 500", "AWS API references, Common errors", typeof(LastCatchTests), nameof(LastCatchTests.A_fault_of_the_cloud_is_the_services_own_error_is_counted_and_logged_with_its_operation)),
            new("refuses broken input of every kind with the service's own error, whatever the operation", "AWS API references, Common errors", typeof(HostileInputTests), nameof(HostileInputTests.No_input_makes_an_operation_fail_by_a_fault_of_its_own)),
        ]),
    ];
}
