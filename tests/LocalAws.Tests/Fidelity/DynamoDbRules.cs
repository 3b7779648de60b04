using LocalAws.DynamoDb.Expressions;
using LocalAws.DynamoDb.Operations;
using LocalAws.DynamoDb.Streams;
using LocalAws.DynamoDb.Values;
using LocalAws.DynamoDb.Wire;

namespace LocalAws.Tests.Fidelity;

internal static class DynamoDbRules
{
    private const string Guide = "DynamoDB guide";
    private const string Quotas = "DynamoDB quotas";
    private const string Api = "DynamoDB API reference";

    public static IReadOnlyList<AwsRules> All { get; } =
    [
        new("DynamoDB (every request and error is compared with Amazon's DynamoDB Local as well: [differences](dynamodb-local.md))",
        [
            new("takes items of up to 400 KB, names included", Quotas, typeof(ItemRuleTests), nameof(ItemRuleTests.An_item_holds_400_KB_with_its_names_and_no_byte_more)),
            new("nests values 32 levels deep", Quotas, typeof(ItemRuleTests), nameof(ItemRuleTests.Values_nest_32_levels_deep)),
            new("takes conditions of up to 4,096 bytes and 300 operators, and paths of 32 levels", Quotas, typeof(ExpressionLimitTests), nameof(ExpressionLimitTests.A_condition_has_at_most_4096_bytes_300_operators_and_32_levels)),
            new("takes updates of up to 4,096 bytes and 300 operators", Quotas, typeof(ExpressionLimitTests), nameof(ExpressionLimitTests.An_update_has_at_most_4096_bytes_300_operators_and_32_levels)),
            new("takes projections and key conditions of up to 4,096 bytes", Quotas, typeof(ExpressionLimitTests), nameof(ExpressionLimitTests.A_projection_and_a_key_condition_have_the_same_limits)),
            new("takes partition keys of up to 2,048 bytes", Quotas, typeof(ItemRuleTests), nameof(ItemRuleTests.A_key_has_at_most_2048_bytes)),
            new("keeps numbers exactly, in 38 digits, and takes equal ones for one key", Guide, typeof(ItemRuleTests), nameof(ItemRuleTests.Numbers_that_are_equal_are_one_key)),
            new("refuses sums of more than 38 digits", Quotas, typeof(DynamoNumberTests), nameof(DynamoNumberTests.A_sum_of_too_many_digits_is_refused)),
            new("computes an update from the item as it was", Guide, typeof(ItemRuleTests), nameof(ItemRuleTests.An_update_takes_its_values_from_the_item_as_it_was)),
            new("orders strings by their UTF-8 bytes", Guide, typeof(QueryTests), nameof(QueryTests.Strings_are_ordered_by_their_UTF8_bytes)),
            new("ends a page at 1 MB", Api, typeof(QueryTests), nameof(QueryTests.A_page_ends_at_one_megabyte)),
            new("applies the limit before the filter", Api, typeof(QueryTests), nameof(QueryTests.A_page_ends_at_the_limit_before_the_filter_is_applied)),
            new("charges the larger of the old and the new item, and each index", Guide, typeof(ItemRuleTests), nameof(ItemRuleTests.Capacity_is_counted_by_the_larger_of_the_old_and_the_new_item_and_for_each_index)),
            new("cancels a transaction with a reason for each part", Api, typeof(BatchAndTransactionTests), nameof(BatchAndTransactionTests.A_transaction_with_a_failed_condition_changes_nothing_and_says_which)),
            new("does a transaction with the same token once within ten minutes", Api, typeof(BatchAndTransactionTests), nameof(BatchAndTransactionTests.A_transaction_that_is_repeated_with_its_token_happens_once_within_ten_minutes)),
            new("charges transactions twice", Guide, typeof(BatchAndTransactionTests), nameof(BatchAndTransactionTests.A_transaction_costs_twice_and_its_checks_too)),
            new("cancels transactions that conflict with another one", Guide, typeof(ConcurrencyTests), nameof(ConcurrencyTests.Transfers_in_transactions_neither_lose_nor_make_money_and_never_deadlock), We: "one after the other: never a conflict (a fault plan can make one)"),
            new("deletes expired items within a few days", Guide, typeof(TableStreamTests), nameof(TableStreamTests.Expired_items_are_deleted_by_the_service_and_say_so), We: "within a minute"),
            new("stores an item on a condition, and answers what is there when it fails", Api, typeof(ItemOperationTests), nameof(ItemOperationTests.A_second_conditional_put_fails_and_answers_the_item_that_is_there)),
            new("takes 25 writes in a batch", Quotas, typeof(BatchAndTransactionTests), nameof(BatchAndTransactionTests.A_batch_of_more_than_25_writes_is_refused)),
            new("refuses the same item twice in a batch", Api, typeof(BatchAndTransactionTests), nameof(BatchAndTransactionTests.A_batch_with_one_item_twice_is_refused)),
            new("refuses the same item twice in a transaction", Api, typeof(BatchAndTransactionTests), nameof(BatchAndTransactionTests.A_transaction_cannot_touch_one_item_twice)),
            new("takes numbers from 1E-130 to 9.99E+125", Guide, typeof(DynamoNumberTests), nameof(DynamoNumberTests.The_range_reaches_to_its_ends)),
            new("shows in an index what it projects", Guide, typeof(QueryTests), nameof(QueryTests.An_index_is_queried_by_its_own_key_and_shows_what_it_projects)),
            new("scans in segments that together are the table", Api, typeof(QueryTests), nameof(QueryTests.All_segments_of_a_scan_together_are_the_table)),
            new("explains placeholders that are missing, unused or misspelled", Api, typeof(ExpressionErrorTests), nameof(ExpressionErrorTests.Wrong_placeholders_are_explained)),
            new("adds an index to a table with items, and deletes it", Api, typeof(TableOperationTests), nameof(TableOperationTests.An_index_can_be_added_to_a_table_with_items_and_deleted_again)),
        ]),
        new("DynamoDB Streams",
        [
            new("writes records in the form of Lambda's events", "recorded on AWS, us-east-1, 17 Sep 2026", typeof(TableStreamTests), nameof(TableStreamTests.A_record_has_the_form_of_a_Lambda_event)),
            new("writes no record for a write that changes nothing", Guide, typeof(TableStreamTests), nameof(TableStreamTests.A_write_that_changes_nothing_leaves_no_record)),
            new("keeps the changes of one partition key in order in one line of shards", Guide, typeof(TableStreamTests), nameof(TableStreamTests.Changes_of_one_partition_key_stay_in_order_in_one_shard)),
            new("closes a shard and opens children when it splits", Guide, typeof(TableStreamTests), nameof(TableStreamTests.A_split_shard_drains_and_its_children_go_on), We: "when told to; two shards at first, unless set otherwise"),
            new("lets an iterator expire after 15 minutes", Api, typeof(TableStreamTests), nameof(TableStreamTests.An_iterator_expires_after_15_minutes)),
            new("trims records after 24 hours", Guide, typeof(TableStreamTests), nameof(TableStreamTests.Records_are_trimmed_after_24_hours)),
            new("marks deletions by time to live as the service's own", Guide, typeof(TableStreamTests), nameof(TableStreamTests.Expired_items_are_deleted_by_the_service_and_say_so)),
            new("can be read for a day after it was switched off", Guide, typeof(TableStreamTests), nameof(TableStreamTests.A_stream_that_was_switched_off_can_be_read_for_another_day)),
            new("ends a page of records at 1 MB", Api, typeof(TableStreamTests), nameof(TableStreamTests.A_page_holds_at_most_one_megabyte)),
            new("shows the images of the view type", Guide, typeof(TableStreamTests), nameof(TableStreamTests.A_view_decides_which_images_are_shown)),
            new("begins at TRIM_HORIZON, LATEST, at or after a sequence number", Api, typeof(TableStreamTests), nameof(TableStreamTests.An_iterator_begins_where_it_was_asked_to)),
        ]),
    ];
}
