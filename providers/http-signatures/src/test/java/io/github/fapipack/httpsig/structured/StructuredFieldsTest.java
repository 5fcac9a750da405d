package io.github.fapipack.httpsig.structured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.httpsig.structured.BareItem.DecimalItem;
import io.github.fapipack.httpsig.structured.BareItem.IntegerItem;
import io.github.fapipack.httpsig.structured.BareItem.StringItem;
import io.github.fapipack.httpsig.structured.BareItem.TokenItem;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Structured fields (RFC 8941): what is read, how it is written, what is refused. */
class StructuredFieldsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "  42  | 42",
        "-0 | 0",
        "-999999999999999 | -999999999999999",
        "007 | 7",
        "4.50 | 4.5",
        "-1.0 | -1.0",
        "123456789012.125 | 123456789012.125",
        "\"a \\\"b\\\" \\\\ c\" | \"a \\\"b\\\" \\\\ c\"",
        "text/html;q=1.0;  a | text/html;q=1.0;a",
        "*foo:bar | *foo:bar",
        ":aGVsbG8=: | :aGVsbG8=:",
        ":aGVsbG8: | :aGVsbG8=:",
        ":: | ::",
        "?0 | ?0",
        "?1;a=?1;b=?0 | ?1;a;b=?0"
      })
  void readsAndWritesItems(String field, String canonical) throws Exception {
    assertThat(FieldType.ITEM.canonical(field)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "!! | !!",
        "sugar, tea,rum | sugar, tea, rum",
        "(\"foo\"   \"bar\" );a, (), (1;b=2  2.0) | (\"foo\" \"bar\");a, (), (1;b=2 2.0)"
      })
  void readsAndWritesLists(String field, String canonical) throws Exception {
    assertThat(FieldType.LIST.canonical(field)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '!',
      value = {
        "!! | !!",
        "a=1,    b=2;x=1;y=2,   c=(a   b   c) | a=1, b=2;x=1;y=2, c=(a b c)",
        "a=?0, b, c; foo=bar, d=?1;x | a=?0, b, c;foo=bar, d;x",
        "en=\"Applepie\"\t,\t*da_.-*1=:w4ZibGV0w6ZydGU=: | "
            + "en=\"Applepie\", *da_.-*1=:w4ZibGV0w6ZydGU=:"
      })
  void readsAndWritesDictionaries(String field, String canonical) throws Exception {
    assertThat(FieldType.DICTIONARY.canonical(field)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 2",
        "1,2",
        "-",
        "--1",
        "1.",
        "1.1234",
        ".5",
        "1234567890123.1",
        "1000000000000000",
        "1e5",
        "\"open",
        "\"a\\b\"",
        "\"a\\",
        "\"caf\u00e9\"",
        "\"a\nb\"",
        "caf\u00e9",
        ":open",
        ":*:",
        ":a b=:",
        ":AA==AA:",
        "?",
        "?2",
        "?true",
        "@1659578233",
        "%\"f%c3%bc\"",
        "(a)",
        "a;",
        "a;A",
        "a;1",
        "a;b=",
        "a ;b",
        "a;b;b",
        "\u0000",
        "\ta"
      })
  void refusesWhatIsNoItem(String field) {
    assertThatThrownBy(() -> FieldType.parseItem(field))
        .isInstanceOf(StructuredFieldException.class)
        .hasMessageContaining("at character");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ",",
        "a=",
        "a=1,",
        "a=1,,b=2",
        "a=1 b=2",
        "A=1",
        "1=1",
        "=1",
        "a=1, a=2",
        "a=(1",
        "a=(1,2)",
        "a=(1\t2)",
        "a=((1))",
        "a=(\"x\"\"y\")",
        "a==1",
        "a=1;",
        "a =1",
        "a= 1"
      })
  void refusesWhatIsNoDictionary(String field) {
    assertThatThrownBy(() -> FieldType.parseDictionary(field))
        .isInstanceOf(StructuredFieldException.class);
  }

  @Test
  void takesAsManyMembersAsEveryParserMust() throws Exception {
    StringBuilder field = new StringBuilder("k0");
    for (int i = 1; i < 1024; i++) {
      field.append(",k").append(i);
    }
    assertThat(FieldType.parseDictionary(field.toString()).members()).hasSize(1024);
    field.append(",more");
    assertThatThrownBy(() -> FieldType.parseDictionary(field.toString()))
        .hasMessageContaining("more than 1024 members");
  }

  @Test
  void boundsInnerListsParametersAndLength() {
    assertThatThrownBy(() -> FieldType.parseList("(" + "a ".repeat(257) + ")"))
        .hasMessageContaining("more than 256 items");
    StringBuilder parameters = new StringBuilder("a");
    for (int i = 0; i < 257; i++) {
      parameters.append(";p").append(i);
    }
    assertThatThrownBy(() -> FieldType.parseItem(parameters.toString()))
        .hasMessageContaining("more than 256 parameters");
    assertThatThrownBy(() -> FieldType.parseItem("a".repeat(65_537)))
        .hasMessageContaining("more than 65536 characters");
  }

  @Test
  void writesOnlyWhatCanBeRead() {
    assertThat(new DecimalItem(new BigDecimal("1.0005")).serialize()).isEqualTo("1.0");
    assertThat(new DecimalItem(new BigDecimal("-0.0015")).serialize()).isEqualTo("-0.002");
    assertThat(new DecimalItem(BigDecimal.valueOf(120)).serialize()).isEqualTo("120.0");
    assertThatThrownBy(() -> new IntegerItem(1_000_000_000_000_000L))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new DecimalItem(new BigDecimal("999999999999.9996")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new StringItem("\u00fc")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new TokenItem("1a")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Parameters.NONE.with("A", new IntegerItem(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void parametersAreEqualInAnyOrder() throws Exception {
    assertThat(FieldType.parseItem("a;x;y=1")).isEqualTo(FieldType.parseItem("a;y=1;x"));
    assertThat(FieldType.parseItem("a;x")).isNotEqualTo(FieldType.parseItem("a;x=?0"));
  }
}
