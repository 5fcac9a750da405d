package io.github.fapipack.certificate;

import static io.github.fapipack.certificate.EncodedName.UTF8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.Garbage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.security.auth.x500.X500Principal;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** However a name is written, it is itself; and what is no name is never more than that. */
class NameSpellingTest {

  private static boolean matches(String registered, X500Principal shown) {
    return DistinguishedName.parse(registered).equals(DistinguishedName.of(shown));
  }

  private static boolean matches(String registered, EncodedName shown) {
    return matches(registered, shown.build());
  }

  @Property
  void isEqualToItselfHoweverItIsWritten(@ForAll("names") List<String[]> attributes) {
    EncodedName shown = new EncodedName();
    attributes.forEach(pair -> shown.rdn(pair[0], UTF8, pair[1]));

    assertThat(matches(written(attributes, pair -> escaped(pair[1])), shown)).isTrue();
    assertThat(matches(written(attributes, pair -> "#" + utf8String(pair[1])), shown)).isTrue();
    assertThat(matches(shown.build().getName(), shown)).isTrue();
  }

  @Property
  void isWhateverJavaReads(@ForAll("names") List<String[]> attributes) {
    // Java takes a comma behind an escaped backslash for a part of the value.
    String text = written(attributes, pair -> escaped(pair[1].replace('\\', '/')));
    X500Principal read = new X500Principal(text);

    assertThat(matches(text, read)).isTrue();
  }

  @Property
  void neverFailsOtherwise(@ForAll("noise") String text) {
    try {
      assertThat(DistinguishedName.parse(text)).isEqualTo(DistinguishedName.parse(text));
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<String> noise() {
    return Garbage.text(
        "CN", "=", ",", "+", ";", "#", "\"", "\\", "2.5.4.97", "OID.", " ", "0c01", "\\2C", "é");
  }

  @Provide
  Arbitrary<List<String[]>> names() {
    Arbitrary<String> types =
        Arbitraries.of("2.5.4.3", "2.5.4.10", "2.5.4.11", "2.5.4.97", "1.2.3.4.5678");
    Arbitrary<String> values =
        Arbitraries.strings()
            .withChars(" ,+\"\\<>;=#azAZ09-_/éßжΩ漢")
            .ofMinLength(1)
            .ofMaxLength(12);
    return Combinators.combine(types, values)
        .as((type, value) -> new String[] {type, value})
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  private static String written(List<String[]> attributes, Function<String[], String> value) {
    List<String> parts =
        new ArrayList<>(
            attributes.stream().map(pair -> pair[0] + "=" + value.apply(pair)).toList());
    Collections.reverse(parts);
    return String.join(",", parts);
  }

  private static String escaped(String value) {
    return value
        .codePoints()
        .mapToObj(
            c ->
                " ,+\"\\<>;=#".indexOf(c) >= 0
                    ? "\\" + Character.toString(c)
                    : Character.toString(c))
        .collect(Collectors.joining());
  }

  private static String utf8String(String value) {
    byte[] octets = value.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(new byte[] {UTF8, (byte) octets.length})
        + HexFormat.of().formatHex(octets);
  }
}
