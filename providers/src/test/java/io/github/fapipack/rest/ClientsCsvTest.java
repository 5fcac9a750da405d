package io.github.fapipack.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No spreadsheet takes a client's name for a formula, or for two cells. */
class ClientsCsvTest {

  @ParameterizedTest
  @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "\n=1"})
  void isNoFormula(String text) {
    String cell = ClientsCsv.cell(text);

    assertThat(cell.startsWith("\"") ? cell.substring(1) : cell).startsWith("'");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '|',
      delimiter = ';',
      value = {
        "a,b;\"a,b\"",
        "a\"b;\"a\"\"b\"",
        "=\"x\";\"'=\"\"x\"\"\"",
        "plain;plain",
        "a=b-c@d;a=b-c@d"
      })
  void isOneCell(String text, String cell) {
    assertThat(ClientsCsv.cell(text)).isEqualTo(cell);
  }
}
