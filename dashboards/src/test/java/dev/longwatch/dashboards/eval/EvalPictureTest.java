// SPDX-License-Identifier: Apache-2.0
package dev.longwatch.dashboards.eval;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class EvalPictureTest {

    @Test
    void theFiguresStandInThePicture() throws Exception {
        assertThat(words(drawn(Results.whole())))
                .contains("Mean IoU 0.811, R1@0.5 94.8 %")
                .contains("96.9 %", "94.8 %", "80.3 %")
                .contains("n=550", "n=600")
                .contains("enters  (323)")
                .contains("found minus true border, seconds");
    }

    @Test
    void nothingLeavesThePaper() throws Exception {
        for (JsonNode result : List.of(Results.whole(), Results.stopped(), Results.captionsOnly())) {
            assertThat(EvalPicture.of(result)).doesNotContain("NaN").doesNotContain("Infinity");
            NodeList rects = drawn(result).getElementsByTagName("rect");
            for (int i = 0; i < rects.getLength(); i++) {
                Element rect = (Element) rects.item(i);
                assertThat(number(rect, "x") + number(rect, "width")).isBetween(0.0, 1200.0);
                assertThat(number(rect, "y") + number(rect, "height")).isBetween(0.0, 900.0);
            }
        }
    }

    @Test
    void withoutGroupsTheWorstRulesAreDrawnWhateverTheyAreCalled() throws Exception {
        JsonNode result = Results.whole();
        ((ObjectNode) result.path("figures")).putArray("groups");
        ((ObjectNode) result.at("/figures/rules/0")).put("name", "a <dog> & a \"cat\"\u0000\uffff");

        assertThat(words(drawn(result))).contains("Where it does worst").contains("a <dog> & a \"cat\"  (6)");
    }

    @Test
    void groupsThatHaveNoRoomAreCounted() throws Exception {
        JsonNode result = Results.whole();
        JsonNode group = result.at("/figures/groups/0");
        ArrayNode groups = ((ObjectNode) result.path("figures")).putArray("groups");
        for (int i = 1; i <= 12; i++) {
            groups.add(((ObjectNode) group.deepCopy()).put("name", "group " + i));
        }
        assertThat(words(drawn(result)))
                .contains("precision and recall at IoU 0.5; thin lines: 95 % intervals")
                .filteredOn(word -> word.startsWith("group "))
                .hasSize(12);

        groups.add(group);
        assertThat(words(drawn(result)))
                .contains("precision and recall at IoU 0.5, 12 of 13; thin lines: 95 % intervals");
    }

    @Test
    void aPanelWithoutFiguresSaysWhy() throws Exception {
        assertThat(words(drawn(Results.captionsOnly())))
                .contains("Dense captions: F1 25.0 %")
                .contains("Nothing to show: this prompt tells no probability")
                .contains("Nothing to show: nothing was found");
    }

    private static double number(Element element, String attribute) {
        return Double.parseDouble(element.getAttribute(attribute));
    }

    private static Document drawn(JsonNode result) throws Exception {
        return DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(EvalPicture.of(result))));
    }

    private static List<String> words(Document document) {
        List<String> words = new ArrayList<>();
        NodeList texts = document.getElementsByTagName("text");
        for (int i = 0; i < texts.getLength(); i++) {
            words.add(texts.item(i).getTextContent());
        }
        return words;
    }
}
