package io.github.fapipack.grantmanagement;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.fapipack.grantmanagement.Grants.Consented;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What merging and replacing make of a grant (Grant Management 5.2, 8.2). */
class GrantChangeTest {

  @Test
  void mergingDoesNotDoubleWhatIsThere() {
    Grant merged = merge("[{'type':'a','actions':['x']}]", "[{'actions':['x'],'type':'a'}]");

    assertThat(merged.authorizationDetails()).isEqualTo(details("[{'type':'a','actions':['x']}]"));
  }

  @Test
  void mergingAddsAnotherObjectOfTheSameType() {
    Grant merged = merge("[{'type':'a','limit':1}]", "[{'type':'a','limit':2}]");

    assertThat(merged.authorizationDetails()).hasSize(2);
  }

  @Test
  void anObjectReplacesTheOlderOneWithItsIdentifier() {
    Grant merged =
        merge(
            "[{'type':'a','identifier':'1','limit':1},{'type':'a','identifier':'2'},"
                + "{'type':'b','identifier':'1'}]",
            "[{'type':'a','identifier':'1','limit':2}]");

    assertThat(merged.authorizationDetails())
        .isEqualTo(
            details(
                "[{'type':'a','identifier':'2'},{'type':'b','identifier':'1'},"
                    + "{'type':'a','identifier':'1','limit':2}]"));
  }

  @Test
  void objectsAskedForTogetherDoNotReplaceEachOther() {
    Grant merged =
        merge(
            "[{'type':'a','identifier':'1','n':0}]",
            "[{'type':'a','identifier':'1','n':1},{'type':'a','identifier':'1','n':2}]");

    assertThat(merged.authorizationDetails())
        .isEqualTo(
            details("[{'type':'a','identifier':'1','n':1},{'type':'a','identifier':'1','n':2}]"));
  }

  @Test
  void anIdentifierThatIsNoTextIdentifiesNothing() {
    Grant merged =
        merge("[{'type':'a','identifier':1,'n':1}]", "[{'type':'a','identifier':1,'n':2}]");

    assertThat(merged.authorizationDetails()).hasSize(2);
  }

  @Test
  void mergingTakesTheNewExpiryAndKeepsTheOldOneWithout() {
    assertThat(GrantChange.MERGE.apply(grant(100L), until(50L), 9).expiresAt()).isEqualTo(50L);
    assertThat(GrantChange.MERGE.apply(grant(100L), until(200L), 9).expiresAt()).isEqualTo(200L);
    assertThat(GrantChange.MERGE.apply(grant(100L), until(null), 9).expiresAt()).isEqualTo(100L);
    assertThat(GrantChange.MERGE.apply(grant(null), until(200L), 9).expiresAt()).isEqualTo(200L);
  }

  @Test
  void replacingTakesTheNewExpiryWhateverItIs() {
    assertThat(GrantChange.REPLACE.apply(grant(100L), until(null), 9).expiresAt()).isNull();
  }

  @Test
  void eachChangeIsAGenerationAndAReplacementVoidsTheOnesBefore() {
    Grant merged = GrantChange.MERGE.apply(grant(null), until(null), 9);
    Grant replaced = GrantChange.REPLACE.apply(merged, until(null), 10);

    assertThat(merged.generation()).isEqualTo(1);
    assertThat(merged.validFrom()).isZero();
    assertThat(replaced.generation()).isEqualTo(2);
    assertThat(replaced.validFrom()).isEqualTo(2);
    assertThat(replaced.lastUpdated()).isEqualTo(10);
  }

  private static Grant merge(String old, String now) {
    return GrantChange.MERGE.apply(
        new Grant(
            "id",
            "realm",
            "client",
            "user",
            Set.of(),
            Set.of(),
            details(old),
            1,
            1,
            null,
            0,
            0,
            null,
            true),
        new Consented(Set.of(), Set.of(), details(now), null),
        9);
  }

  private static Grant grant(Long expiresAt) {
    return new Grant(
        "id", "realm", "client", "user", Set.of(), Set.of(), List.of(), 1, 1, expiresAt, 0, 0, null,
        true);
  }

  private static Consented until(Long expiresAt) {
    return new Consented(Set.of(), Set.of(), List.of(), expiresAt);
  }

  private static List<ObjectNode> details(String json) {
    try {
      return List.of(new ObjectMapper().readValue(json.replace('\'', '"'), ObjectNode[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
