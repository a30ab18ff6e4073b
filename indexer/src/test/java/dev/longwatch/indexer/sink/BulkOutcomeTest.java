// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.sink;

import static org.assertj.core.api.Assertions.assertThat;

import dev.longwatch.indexer.sink.BulkOutcome.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BulkOutcomeTest {

    @ParameterizedTest
    @CsvSource({
        "STORED,  200,",
        "STORED,  201,",
        "STORED,  409, version_conflict_engine_exception",
        "RETRY,   429, es_rejected_execution_exception",
        "RETRY,   403, cluster_block_exception",
        "RETRY,   403, security_exception",
        "RETRY,   401, security_exception",
        "RETRY,   500, exception",
        "RETRY,   503, unavailable_shards_exception",
        "RETRY,   404, index_not_found_exception",
        "RETRY,   400, validation_exception",
        "RETRY,   400, index_closed_exception",
        "REFUSED, 400, document_parsing_exception",
        "REFUSED, 400, strict_dynamic_mapping_exception",
        "REFUSED, 400, illegal_argument_exception",
        "REFUSED, 400, invalid_index_name_exception",
        "REFUSED, 413, request_too_large"
    })
    void anErrorBlamesEitherTheMomentOrTheDocument(Kind kind, int status, String type) {
        assertThat(BulkOutcome.of(status, type, "because").kind()).isEqualTo(kind);
    }

    @Test
    void aRefusalSaysWhatTheServerSaid() {
        assertThat(BulkOutcome.of(400, "mapper_exception", "not a number").cause())
                .isEqualTo("mapper_exception: not a number");
    }

    @Test
    void noAnswerAtAllIsAReasonToTryAgain() {
        assertThat(BulkOutcome.unanswered("connection reset").kind()).isEqualTo(Kind.RETRY);
    }
}
