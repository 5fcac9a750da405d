package io.github.fapipack.resourceserver.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Forms whose content a check has read. */
class FormParametersTest {

  @Test
  void thoseOfTheQueryComeFirst() {
    Map<String, String[]> parameters = read("a=1&c", "a=2&b=%C3%A9+%2B&=x&&d=%zz");

    assertThat(parameters.get("a")).containsExactly("1", "2");
    assertThat(parameters.get("b")).containsExactly("\u00e9 +");
    assertThat(parameters.get("c")).containsExactly("");
    assertThat(parameters.get("d")).containsExactly("%zz");
    assertThat(parameters).hasSize(4);
  }

  @Test
  void onlyFormsAreForms() {
    assertThat(FormParameters.isForm("Application/X-WWW-Form-Urlencoded; charset=utf-8")).isTrue();
    assertThat(FormParameters.isForm("application/json")).isFalse();
    assertThat(FormParameters.isForm(null)).isFalse();
  }

  @Property(tries = 300)
  void garbageHasParametersToo(@ForAll String query, @ForAll byte[] content) {
    assertThat(FormParameters.of(query, content).values())
        .allSatisfy(values -> assertThat(values).isNotEmpty());
  }

  private static Map<String, String[]> read(String query, String content) {
    return FormParameters.of(query, content.getBytes(StandardCharsets.UTF_8));
  }
}
