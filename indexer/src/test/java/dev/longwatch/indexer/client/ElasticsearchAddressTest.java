// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.indexer.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ElasticsearchAddressTest {

    @Test
    void aPasswordAndAnApiKeyAreNeverShown() {
        ElasticsearchAddress address = ElasticsearchAddress.of("https://search:9200");

        assertThat(address.withUser("ada", "s3cret").toString())
                .contains("https://search:9200", "ada")
                .doesNotContain("s3cret");
        assertThat(address.withApiKey("s3cret").toString()).doesNotContain("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost:9200", "ftp://localhost", "http://", "http://a b", "file:/tmp"})
    void whatIsNoWebAddressIsRefused(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ElasticsearchAddress.of(url))
                .withMessageContaining("http://localhost:9200");
    }

    @Test
    void aPasswordInTheUrlIsRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ElasticsearchAddress.of("http://ada:s3cret@search:9200"))
                .withMessageContaining("search")
                .withMessageNotContaining("s3cret");
    }
}
