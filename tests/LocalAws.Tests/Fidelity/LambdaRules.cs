using LocalAws.Tests.Lambda.EventSourceMappings;
using LocalAws.Tests.Lambda.EventSourceMappings.Queues;
using LocalAws.Tests.Lambda.Functions;
using LocalAws.Tests.Lambda.Invocations;
using LocalAws.Tests.Lambda.Sandboxes;
using LocalAws.Tests.Lambda.Wire;

namespace LocalAws.Tests.Fidelity;

internal static class LambdaRules
{
    private const string Recorded = "recorded on AWS, us-east-1, 17 Sep 2026";
    private const string Streams = "Lambda guide, Using Lambda with DynamoDB";
    private const string Parameters = "Lambda guide, DynamoDB parameters";
    private const string Failures = "Lambda guide, Partial batch responses";
    private const string Windows = "Lambda guide, Stateful DynamoDB stream processing";
    private const string Sqs = "Lambda guide, Using Lambda with Amazon SQS";
    private const string SqsRecorded = "recorded on AWS by LocalStack, 2023 and 2024 (lambda_/event_source_mapping)";
    private const string Async = "Lambda guide, Asynchronous invocation";
    private const string Api = "Lambda API reference";
    private const string Runtime = "Lambda guide, Runtime API";

    public static IReadOnlyList<AwsRules> All { get; } =
    [
        new("Event source mapping: reading and batching",
        [
            new("reads each shard four times a second", Streams, typeof(BatchingTests), nameof(BatchingTests.A_shard_is_read_four_times_a_second)),
            new("closes a batch when it is full, when the batching window is over, or at 6 MB", Streams, typeof(BatchingTests), nameof(BatchingTests.A_batch_is_cut_before_its_event_exceeds_6_MB)),
            new("hands a full batch over without waiting for the batching window", Streams, typeof(BatchingTests), nameof(BatchingTests.A_full_batch_does_not_wait_for_the_batching_window)),
            new("starts the batching timer with the first waiting record, or when the batch before was handed over", Recorded, typeof(BatchingTests), nameof(BatchingTests.The_batching_timer_of_records_already_waiting_starts_when_the_batch_before_was_handed_over)),
            new("begins at LATEST with what is written after the mapping became Enabled", Recorded, typeof(BatchingTests), nameof(BatchingTests.LATEST_begins_when_the_mapping_becomes_enabled)),
            new("begins at TRIM_HORIZON with the oldest record", Parameters, typeof(BatchingTests), nameof(BatchingTests.TRIM_HORIZON_begins_with_the_oldest_record)),
            new("drains a parent shard before it reads its children", "DynamoDB guide, Streams", typeof(BatchingTests), nameof(BatchingTests.A_parent_is_drained_before_its_children_are_read)),
            new("hands over only records that pass a filter, and is done with the others", "Lambda guide, Event filtering", typeof(BatchingTests), nameof(BatchingTests.Only_records_that_pass_a_filter_are_handed_over_and_the_others_are_done_with)),
            new("takes minutes to create or change a mapping", Streams, typeof(MappingLifeTests), nameof(MappingLifeTests.A_mapping_is_Creating_then_Enabled), We: "at once, unless set otherwise"),
            new("refuses the same function and stream twice, and names the mapping that is there", Recorded, typeof(MappingLifeTests), nameof(MappingLifeTests.The_same_function_and_stream_twice_is_a_conflict_that_names_the_first)),
            new("makes the calls of the recordings from the writes of the recordings", Recorded, typeof(RecordingTests), nameof(RecordingTests.The_same_writes_make_the_same_calls)),
            new("hands over at once what a read brought, when there is no batching window", Parameters, typeof(BatchingTests), nameof(BatchingTests.Without_a_batching_window_a_record_is_handed_over_at_the_next_poll)),
            new("gives the function the stream's records as they are", Recorded, typeof(BatchingTests), nameof(BatchingTests.The_event_is_the_records_as_the_stream_gave_them)),
            new("reads a shard that appears later from its beginning, whatever the starting position", Streams, typeof(BatchingTests), nameof(BatchingTests.A_shard_that_appears_later_is_read_from_its_beginning_even_with_LATEST)),
            new("goes on when an iterator has expired, without losing or repeating a record", "DynamoDB API reference, GetRecords", typeof(BatchingTests), nameof(BatchingTests.An_expired_iterator_is_renewed_and_no_record_lost_or_repeated)),
            new("goes on where it was when it is enabled again", Api, typeof(MappingLifeTests), nameof(MappingLifeTests.A_disabled_mapping_goes_on_where_it_was_when_enabled_again)),
            new("loses no waiting record when its settings change", Api, typeof(MappingLifeTests), nameof(MappingLifeTests.An_update_takes_effect_and_loses_no_waiting_record)),
            new("works on as many batches of a shard at once as ParallelizationFactor says", Streams, typeof(ParallelizationTests), nameof(ParallelizationTests.So_many_batches_of_a_shard_are_at_work_at_once)),
            new("keeps the order of each item, but no more, when ParallelizationFactor is above 1", Streams, typeof(ParallelizationTests), nameof(ParallelizationTests.Every_record_comes_once_and_those_of_an_item_in_order)),
            new("refuses a stream or a function that is not there", Api, typeof(MappingLifeTests), nameof(MappingLifeTests.An_unknown_stream_is_refused)),
        ]),
        new("Event source mapping: failures",
        [
            new("retries the same batch after a thrown error, MaximumRetryAttempts times", Recorded, typeof(FailureTests), nameof(FailureTests.A_thrown_error_is_retried_with_the_same_batch_as_often_as_allowed)),
            new("retries by default until the records are gone from the stream (24 hours)", Parameters, typeof(FailureTests), nameof(FailureTests.By_default_a_failing_batch_is_retried_until_its_records_are_24_hours_old)),
            new("waits longer between retries; how long is not documented", "not documented", typeof(FailureTests), nameof(FailureTests.Retries_back_off_from_1_second_doubling_up_to_a_minute), We: "1 second, doubling up to a minute"),
            new("bisects a failing batch, left half first, without using up a retry", Recorded, typeof(FailureTests), nameof(FailureTests.Bisecting_isolates_a_bad_record_left_half_first_and_uses_up_no_retry)),
            new("goes on from the lowest reported failure, with all retries anew", Recorded, typeof(FailureTests), nameof(FailureTests.Reported_failures_move_the_checkpoint_before_the_lowest_and_the_rest_has_all_its_retries)),
            new("takes an empty or unknown item identifier for a failure of the whole batch", Failures, typeof(FailureTests), nameof(FailureTests.An_identifier_that_names_no_record_of_the_batch_fails_the_whole_batch)),
            new("ignores reported failures unless ReportBatchItemFailures is set", Recorded, typeof(FailureTests), nameof(FailureTests.Without_the_setting_reported_failures_are_ignored)),
            new("gives up a record that is too old without a call (RecordAgeExceeded)", Recorded, typeof(FailureTests), nameof(FailureTests.A_record_that_is_too_old_is_given_up_without_a_call)),
            new("tells the on-failure destination where the batch is, not what was in it", Recorded, typeof(FailureTests), nameof(FailureTests.The_destination_record_tells_where_the_batch_is_and_holds_no_records)),
            new("puts a batch given up into a bucket: that record with the whole event, under this name", Recorded, typeof(FailureTests), nameof(FailureTests.A_bucket_gets_the_record_with_the_whole_event_named_by_mapping_shard_and_time)),
            new("bounds unlimited attempts by the age of the records", Parameters, typeof(FailureTests), nameof(FailureTests.Without_a_limit_of_attempts_a_batch_is_tried_until_it_is_too_old_and_then_lies_in_the_bucket_whole)),
            new("with a bucket that is not there: not documented", "not documented", typeof(FailureTests), nameof(FailureTests.A_bucket_that_is_not_there_is_told_to_the_host_and_the_shard_goes_on), We: "tells the host program, and goes on"),
            new("counts a throttled call as no attempt", "Lambda guide, DynamoDB error handling", typeof(FailureTests), nameof(FailureTests.Throttling_is_retried_and_uses_up_no_attempt)),
            new("blocks only the shard that fails", Streams, typeof(FailureTests), nameof(FailureTests.A_failing_shard_does_not_hold_up_another)),
            new("takes null, an empty answer and an empty list for success", Failures, typeof(FailureTests), nameof(FailureTests.An_answer_without_failures_is_success)),
            new("splits at the reported failure when batches are bisected too", Recorded, typeof(FailureTests), nameof(FailureTests.A_reported_failure_together_with_bisecting_splits_at_the_failure)),
            new("gives up records that grow too old while they are retried", Parameters, typeof(FailureTests), nameof(FailureTests.Records_that_grow_too_old_while_they_are_retried_are_given_up)),
            new("goes on after giving up", Streams, typeof(FailureTests), nameof(FailureTests.After_giving_up_the_stream_goes_on)),
            new("with a missing function: not documented", "not documented", typeof(FailureTests), nameof(FailureTests.A_function_that_is_missing_is_waited_for), We: "waits for the function"),
            new("with a destination that refuses the record: not documented", "not documented", typeof(FailureTests), nameof(FailureTests.A_destination_that_refuses_its_record_does_not_hold_up_the_shard), We: "tells the host program, and goes on"),
        ]),
        new("Event source mapping: tumbling windows",
        [
            new("carries window, state, shard, stream and both flags in every event", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.An_event_carries_window_state_shard_stream_and_flags)),
            new("aligns windows to the clock", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.Boundaries_are_multiples_of_the_length_since_the_epoch)),
            new("hands the state of a call to the next one of the window", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.Each_call_carries_the_state_of_the_call_before)),
            new("closes a window with the next record, in a call without records", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.The_closing_call_comes_with_the_next_record_and_has_no_records_but_the_state)),
            new("or, when no record comes, within two minutes", "Lambda guide, Stateful Kinesis stream processing", typeof(TumblingWindowTests), nameof(TumblingWindowTests.Without_a_next_record_the_closing_call_comes_120_seconds_after_the_end)),
            new("takes an answer without a state for a failure", Windows, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_response_without_state_is_a_failed_invocation)),
            new("ends a window early when its state is over 1 MB; the same window goes on with an empty state", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_state_over_1_MB_ends_the_window_early_and_the_same_window_goes_on_empty)),
            new("holds up the shard until a closing call succeeds or is given up", Windows, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_failing_closing_call_holds_up_the_shard_until_it_succeeds)),
            new("tells the destination of a closing call that was given up, with its window; the next one starts empty", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_closing_call_given_up_goes_to_the_destination_with_its_window_and_the_next_window_starts_empty)),
            new("closes the window at the end of a shard; the child starts with an empty state", Windows, typeof(TumblingWindowTests), nameof(TumblingWindowTests.The_end_of_a_shard_closes_the_window_and_the_child_starts_with_an_empty_state)),
            new("refuses a filter together with a window", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_filter_together_with_a_window_is_refused)),
            new("refuses a parallelization factor together with a window", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_parallelization_factor_together_with_a_window_is_refused)),
            new("never mixes records of two windows in a call", Windows, typeof(TumblingWindowTests), nameof(TumblingWindowTests.Records_of_two_windows_never_share_a_call)),
            new("keeps a state of up to 1 MB", Windows, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_state_of_exactly_1_MB_is_kept)),
            new("goes on with the state of the last success after an error", Windows, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_thrown_error_keeps_the_state_of_the_last_success)),
            new("keeps the state that came with a partial failure for the rest", "not documented", typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_partial_failure_keeps_the_state_that_came_with_it_for_the_rest)),
            new("makes no call for a window without records", Recorded, typeof(TumblingWindowTests), nameof(TumblingWindowTests.A_window_without_records_is_never_announced)),
        ]),
        new("Lambda: asynchronous invocation",
        [
            new("retries a function error after one minute, then after two", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.A_function_error_is_retried_after_one_and_after_two_minutes)),
            new("tries a throttled event again for up to six hours, from 1 second up to 5 minutes apart", Async, typeof(AsyncRetryPolicyTests), nameof(AsyncRetryPolicyTests.Throttles_back_off_from_1_second_up_to_5_minutes)),
            new("counts a throttled try as no attempt", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.A_throttled_event_is_tried_again_and_uses_up_no_attempt)),
            new("sends the event and the last error to the on-failure destination", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.The_failure_record_carries_the_event_and_the_last_error)),
            new("sends the bare event to a dead-letter queue, the error in attributes", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.The_dead_letter_is_the_event_unchanged_with_the_error_in_attributes)),
            new("with reserved concurrency 0 sends events straight to the destination", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.With_reserved_concurrency_0_events_go_straight_to_the_failure_destination)),
            new("refuses an event over 1 MB", "Lambda quotas", typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.An_event_over_1_MB_is_refused_with_413)),
            new("keeps the request id over all attempts", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.Attempts_keep_their_request_id)),
            new("attempts an event up to three times in all", Async, typeof(AsyncRetryPolicyTests), nameof(AsyncRetryPolicyTests.A_failing_event_is_attempted_once_more_than_it_may_be_retried)),
            new("gives up an event that is too old (EventAgeExceeded)", Async, typeof(AsyncRetryPolicyTests), nameof(AsyncRetryPolicyTests.An_event_whose_age_is_over_is_given_up_as_EventAgeExceeded)),
            new("tells the on-success destination, with the answer", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.A_retry_that_succeeds_ends_it_and_tells_the_success_destination)),
            new("takes a function for a destination", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.A_function_can_be_the_destination_of_another)),
            new("throttles events beyond the concurrency and tries them later", Async, typeof(AsyncInvocationTests), nameof(AsyncInvocationTests.Events_wait_for_a_free_sandbox_instead_of_being_throttled), We: "they wait for a free process"),
        ]),
        new("Event source mapping: SQS queues",
        [
            new("hands messages over as they come, up to ten at a time, and deletes them after success", Sqs, typeof(QueueMappingTests), nameof(QueueMappingTests.A_message_is_handed_over_at_once_and_deleted)),
            new("takes up to ten messages with a receive", Sqs, typeof(QueueMappingTests), nameof(QueueMappingTests.What_waits_in_the_queue_is_handed_over_ten_at_a_time), We: "one reader fills one batch after the other; on AWS several readers share the messages, so that batches may be smaller"),
            new("gathers messages for a batching window, from the first on", Sqs, typeof(QueueEngineTests), nameof(QueueEngineTests.A_batch_is_handed_over_when_the_window_is_over_counted_from_its_first_message), We: "never longer; on AWS a quiet queue may wait up to 20 seconds"),
            new("gathers more than ten in a batching window", Sqs, typeof(QueueMappingTests), nameof(QueueMappingTests.A_batching_window_gathers_more_than_one_receive_can_bring)),
            new("hands a full batch over at once", Sqs, typeof(QueueEngineTests), nameof(QueueEngineTests.A_full_batch_does_not_wait_for_the_window)),
            new("closes a batch at 6 MB", Sqs, typeof(QueueEngineTests), nameof(QueueEngineTests.A_batch_is_cut_before_its_event_exceeds_6_MB)),
            new("gives the function the messages in this shape", SqsRecorded, typeof(QueueMappingTests), nameof(QueueMappingTests.The_event_is_as_recorded_on_AWS), We: "the same; md5OfMessageAttributes is left out where there are none, AWS was seen to leave it out and to send null"),
            new("shows a batch that failed again when the visibility timeout is over", SqsRecorded, typeof(QueueMappingTests), nameof(QueueMappingTests.A_batch_that_fails_comes_again_when_its_visibility_timeout_is_over)),
            new("moves a message received too often to the dead-letter queue, with its id and body", SqsRecorded, typeof(QueueMappingTests), nameof(QueueMappingTests.A_message_that_fails_too_often_ends_in_the_dead_letter_queue_as_it_was)),
            new("brings back only the messages reported as failed", SqsRecorded, typeof(QueueMappingTests), nameof(QueueMappingTests.Only_messages_reported_as_failed_come_again)),
            new("takes null, an empty answer and an empty list for success", Failures, typeof(QueueEngineTests), nameof(QueueEngineTests.An_answer_without_failures_is_success)),
            new("takes an empty or missing identifier for a failure of the whole batch", SqsRecorded, typeof(QueueEngineTests), nameof(QueueEngineTests.A_report_that_names_no_message_of_the_batch_fails_the_whole_of_it), We: "the same, and for an identifier of no message of the batch, of which nothing is known"),
            new("ignores reported failures unless ReportBatchItemFailures is set", Failures, typeof(QueueEngineTests), nameof(QueueEngineTests.Without_the_setting_reported_failures_are_ignored)),
            new("tries a throttled batch again until its visibility timeout is over", Sqs, typeof(QueueMappingTests), nameof(QueueMappingTests.A_throttled_batch_is_tried_again_and_again_while_its_messages_are_hidden), We: "after 1 second, doubling up to a minute; AWS does not document its own"),
            new("leaves a batch that was throttled for so long to the queue", Sqs, typeof(QueueMappingTests), nameof(QueueMappingTests.A_batch_that_is_throttled_until_its_messages_are_visible_goes_back_to_the_queue)),
            new("begins with five batches at once, and adds up to 300 a minute up to 1,000", Sqs, typeof(QueueEngineTests), nameof(QueueEngineTests.Without_MaximumConcurrency_it_begins_with_five_batches_and_adds_five_a_second_up_to_a_thousand), We: "5 a second while all are at work"),
            new("bounds the batches at work by MaximumConcurrency", Sqs, typeof(QueueMappingTests), nameof(QueueMappingTests.No_more_batches_are_at_work_at_once_than_MaximumConcurrency_says)),
            new("slows down after failures", Sqs, typeof(QueueEngineTests), nameof(QueueEngineTests.Failures_slow_it_down), We: "half as many batches at once, but 2; AWS does not document how much"),
            new("deletes messages that no filter lets pass", SqsRecorded, typeof(QueueMappingTests), nameof(QueueMappingTests.Messages_that_no_filter_lets_pass_are_deleted)),
            new("looks into a JSON body or at a text, as the pattern is, and lets no body of the other format pass", "Lambda guide, Event filtering", typeof(QueueFilterTests), nameof(QueueFilterTests.A_pattern_for_the_body_looks_into_JSON_or_at_text_and_a_body_of_the_other_format_does_not_pass)),
            new("hands a delayed message over when its delay is over", "SQS guide, Message timers", typeof(QueueMappingTests), nameof(QueueMappingTests.A_delayed_message_comes_when_its_delay_is_over_and_is_waited_for)),
            new("creates a disabled mapping as Disabled, and enables it by way of Enabling", SqsRecorded, typeof(QueueMappingTests), nameof(QueueMappingTests.A_disabled_mapping_leaves_messages_in_the_queue_and_is_idle)),
            new("answers with these members, and leaves out those of streams", SqsRecorded, typeof(QueueMappingServiceTests), nameof(QueueMappingServiceTests.The_answer_has_what_AWS_tells_of_a_queues_mapping_and_no_more)),
            new("refuses settings that do not belong to a queue", "LocalStack's recordings and users' reports", typeof(QueueMappingServiceTests), nameof(QueueMappingServiceTests.What_AWS_refuses_is_refused_in_its_words), We: "the same; ranges in our words"),
            new("refuses a queue or a function that is not there, and a visibility timeout shorter than the time limit of the function", "LocalStack's recordings and users' reports", typeof(QueueMappingServiceTests), nameof(QueueMappingServiceTests.A_function_or_a_queue_that_does_not_do_is_refused_in_AWSs_words)),
            new("checks an update as it checks a new mapping", SqsRecorded, typeof(QueueMappingServiceTests), nameof(QueueMappingServiceTests.An_update_is_checked_as_a_new_mapping_is)),
            new("refuses the same queue and function twice, and names the mapping that is there", SqsRecorded, typeof(QueueMappingServiceTests), nameof(QueueMappingServiceTests.The_same_queue_and_function_twice_is_a_conflict_in_AWSs_words)),
        ]),
        new("Lambda: invocation and processes",
        [
            new("answers a function error with status 200 and a header", Api, typeof(LambdaServiceTests), nameof(LambdaServiceTests.A_function_error_is_200_with_a_header)),
            new("answers throttling with 429, a reason and Retry-After", Api, typeof(LambdaServiceTests), nameof(LambdaServiceTests.Throttling_is_429_with_a_reason_and_Retry_After)),
            new("throttles above the reserved concurrency", "Lambda guide, Concurrency", typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.A_call_above_the_reserved_concurrency_is_throttled)),
            new("gives each call at a time a process of its own, and uses it again", Runtime, typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.Concurrent_calls_get_a_process_each)),
            new("kills the process of a call that takes too long", Runtime, typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.A_timeout_kills_the_process_and_its_children)),
            new("reports a crash as Runtime.ExitError", Runtime, typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.A_crash_in_the_middle_is_Runtime_ExitError_and_the_next_call_gets_a_new_process)),
            new("refuses a result over 6 MB", "Lambda quotas", typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.A_result_of_6_MB_passes_and_a_larger_one_is_Function_ResponseSizeTooLarge)),
            new("hands the caller's trace and client context to the function", Runtime, typeof(LambdaServiceTests), nameof(LambdaServiceTests.The_callers_trace_and_client_context_reach_the_function)),
            new("refuses a payload that is too large with 413", Api, typeof(LambdaServiceTests), nameof(LambdaServiceTests.A_payload_over_the_limit_is_413)),
            new("answers an event with an empty 202", Api, typeof(LambdaServiceTests), nameof(LambdaServiceTests.An_event_is_accepted_with_an_empty_202_and_run_later)),
            new("answers a dry run with 204 and runs nothing", Api, typeof(LambdaServiceTests), nameof(LambdaServiceTests.A_dry_run_is_204_and_runs_nothing)),
            new("knows a function by its name, partial ARN or ARN", Api, typeof(LambdaServiceTests), nameof(LambdaServiceTests.A_function_is_invoked_by_any_spelling_of_its_name)),
            new("gives the last 4 KB of the log when asked", Api, typeof(LambdaServiceTests), nameof(LambdaServiceTests.The_log_tail_comes_in_base64)),
            new("tells a process its request id, deadline, ARN and trace", Runtime, typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.Next_carries_request_id_absolute_deadline_function_arn_and_a_valid_trace_id)),
            new("sets the reserved variables, and lets no other AWS setting of the machine in", "Lambda guide, Environment variables", typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.The_process_sees_the_reserved_variables_and_its_own_and_no_other_of_AWS)),
            new("reports an init error with the function's own text", Runtime, typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.An_init_error_is_reported_with_the_functions_own_text)),
            new("limits the init phase to 10 seconds, then once more to the time limit of the function", "Lambda guide, Execution environment", typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.An_init_phase_that_hangs_ends_with_the_limits_of_init_and_function)),
            new("stops a process that is idle for a while", "Lambda guide, Execution environment", typeof(ProcessSandboxTests), nameof(ProcessSandboxTests.An_idle_process_is_stopped_after_the_idle_limit)),
            new("bills duration times memory", "Lambda pricing", typeof(FunctionDefinitionTests), nameof(FunctionDefinitionTests.Statistics_bill_duration_times_memory)),
        ]),
    ];
}
