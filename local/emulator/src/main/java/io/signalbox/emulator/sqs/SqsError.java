/* SPDX-License-Identifier: Apache-2.0 */
package io.signalbox.emulator.sqs;

/**
 * The errors of SQS: the shape's name in the JSON protocol and the code of the older query protocol, which the SDK
 * still takes from the header {@code x-amzn-query-error} where it is there. Source: the service model of SQS.
 */
public enum SqsError {
    QUEUE_DOES_NOT_EXIST("com.amazonaws.sqs#QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue"),
    QUEUE_NAME_EXISTS("com.amazonaws.sqs#QueueNameExists", "QueueAlreadyExists"),
    RECEIPT_HANDLE_IS_INVALID("com.amazonaws.sqs#ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid"),
    MESSAGE_NOT_INFLIGHT("com.amazonaws.sqs#MessageNotInflight", "AWS.SimpleQueueService.MessageNotInflight"),
    EMPTY_BATCH_REQUEST("com.amazonaws.sqs#EmptyBatchRequest", "AWS.SimpleQueueService.EmptyBatchRequest"),
    TOO_MANY_ENTRIES(
            "com.amazonaws.sqs#TooManyEntriesInBatchRequest", "AWS.SimpleQueueService.TooManyEntriesInBatchRequest"),
    ENTRY_IDS_NOT_DISTINCT(
            "com.amazonaws.sqs#BatchEntryIdsNotDistinct", "AWS.SimpleQueueService.BatchEntryIdsNotDistinct"),
    INVALID_ENTRY_ID("com.amazonaws.sqs#InvalidBatchEntryId", "AWS.SimpleQueueService.InvalidBatchEntryId"),
    BATCH_TOO_LONG("com.amazonaws.sqs#BatchRequestTooLong", "AWS.SimpleQueueService.BatchRequestTooLong"),
    INVALID_MESSAGE_CONTENTS("com.amazonaws.sqs#InvalidMessageContents", "InvalidMessageContents"),
    INVALID_ATTRIBUTE_NAME("com.amazonaws.sqs#InvalidAttributeName", "InvalidAttributeName"),
    INVALID_ATTRIBUTE_VALUE("com.amazonaws.sqs#InvalidAttributeValue", "InvalidAttributeValue"),
    UNSUPPORTED_OPERATION("com.amazonaws.sqs#UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation"),
    INVALID_PARAMETER_VALUE("com.amazon.coral.service#InvalidParameterValueException", "InvalidParameterValue"),
    MISSING_PARAMETER("com.amazon.coral.service#MissingRequiredParameterException", "MissingParameter"),
    INTERNAL_FAILURE("com.amazon.coral.service#InternalFailure", "InternalFailure");

    private final String type;
    private final String queryCode;

    SqsError(String type, String queryCode) {
        this.type = type;
        this.queryCode = queryCode;
    }

    public String type() {
        return type;
    }

    public String queryCode() {
        return queryCode;
    }

    /** Whether the caller is to blame: 400 if so, else 500. */
    public boolean senderFault() {
        return this != INTERNAL_FAILURE;
    }
}
