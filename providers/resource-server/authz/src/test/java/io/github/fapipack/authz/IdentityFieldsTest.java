package io.github.fapipack.authz;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Names of users and clients as header fields. */
class IdentityFieldsTest {

  @Test
  void whatAFieldCanHoldStaysAsItIs() {
    assertThat(IdentityFields.encoded("urn:bank:4711 accounts"))
        .isEqualTo("urn:bank:4711 accounts");
  }

  @Test
  void aLineFeedStartsNoFurtherField() {
    assertThat(IdentityFields.encoded("a\r\nX-Fapi-Scope: all"))
        .isEqualTo("a%0D%0AX-Fapi-Scope: all");
    assertThat(IdentityFields.encoded("100%")).isEqualTo("100%25");
  }

  @Property(tries = 300)
  void anyTextIsPrintableAndCanBeDecoded(@ForAll String text) {
    String encoded = IdentityFields.encoded(text);

    assertThat(encoded.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
    // What no UTF-8 can say becomes a question mark.
    String sayable = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    assertThat(URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8))
        .isEqualTo(sayable);
  }
}
