package io.github.fapipack.certificate;

import static io.github.fapipack.certificate.EncodedName.BMP;
import static io.github.fapipack.certificate.EncodedName.IA5;
import static io.github.fapipack.certificate.EncodedName.PRINTABLE;
import static io.github.fapipack.certificate.EncodedName.T61;
import static io.github.fapipack.certificate.EncodedName.UTF8;
import static io.github.fapipack.certificate.EncodedName.attribute;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When a registered name and the name in a certificate are the same. */
class DistinguishedNameTest {
  private static final String CN = "2.5.4.3";
  private static final String O = "2.5.4.10";
  private static final String OU = "2.5.4.11";
  private static final String ORGANIZATION_IDENTIFIER = "2.5.4.97";

  private static EncodedName name() {
    return new EncodedName();
  }

  /** A certificate of a Brazilian bank; the last RDN is written first. */
  private static X500Principal brazilian() {
    return name()
        .rdn("2.5.4.6", PRINTABLE, "BR")
        .rdn("2.5.4.8", UTF8, "SP")
        .rdn("2.5.4.7", UTF8, "São Paulo")
        .rdn(O, UTF8, "Banco S.A.")
        .rdn(ORGANIZATION_IDENTIFIER, UTF8, "OFBBR-d4c7")
        .rdn("2.5.4.15", UTF8, "Private Organization")
        .rdn("1.3.6.1.4.1.311.60.2.1.3", UTF8, "BR")
        .rdn("2.5.4.5", PRINTABLE, "43142666000197")
        .rdn(CN, UTF8, "mtls.banco.example")
        .rdn("0.9.2342.19200300.100.1.1", UTF8, "10120340-3318")
        .build();
  }

  private static boolean matches(String registered, X500Principal shown) {
    return DistinguishedName.parse(registered).equals(DistinguishedName.of(shown));
  }

  private static boolean matches(String registered, EncodedName shown) {
    return matches(registered, shown.build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UID=10120340-3318,CN=mtls.banco.example,serialNumber=43142666000197,"
            + "jurisdictionCountryName=BR,businessCategory=Private Organization,"
            + "organizationIdentifier=OFBBR-d4c7,O=Banco S.A.,L=São Paulo,ST=SP,C=BR",
        "uid=10120340-3318, cn=MTLS.banco.example, SERIALNUMBER=43142666000197,"
            + " jurisdictionOfIncorporationCountryName=br,BUSINESSCATEGORY=private  organization ,"
            + "2.5.4.97=ofbbr-D4C7,o=banco s.a.,l=S\\C3\\A3o Paulo,st=sp,c=br",
        "UserId=10120340-3318;OID.2.5.4.3=mtls.banco.example;2.5.4.5=#130e3433313432363636303030313937;jurisdictionC=BR;OID.2.5.4.15=\"Private"
            + " Organization\";"
            + "2.5.4.97=#0c0a4f464242522d64346337;organizationName=#130a42616e636f20532e412e;localityName=SÃO"
            + " PAULO;S=SP;countryName=BR",
      })
  void takesANameInEverySpelling(String registered) {
    assertThat(matches(registered, brazilian())).isTrue();
  }

  @Test
  void takesWhatJavaWritesOfIt() {
    X500Principal shown = brazilian();

    assertThat(matches(shown.getName(), shown)).isTrue();
    assertThat(matches(shown.getName(X500Principal.RFC1779), shown)).isTrue();
    assertThat(matches(shown.toString(), shown)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CN=a b|a  b",
        "CN=a  b|a b",
        "CN= a b |a b",
        "`CN=\\ a b\\ `|` a b `",
        "CN=\"a,b\"|a,b",
        "CN=a\\,b|a,b",
        "CN=a\\2Cb|a,b",
        "CN=a=b|a=b",
        "CN=\\#a|#a",
        "CN=a#|a#",
        "CN=É|é",
        "CN=e\u0301|é",
        "CN=Ω|ω",
        "CN=|` `",
        "CN=a\\00b|a\u0000b",
        "CN=\uD83C\uDFE6|\uD83C\uDFE6",
      })
  void comparesValuesWithoutCaseAndInsignificantSpaces(String registered, String value) {
    assertThat(matches(registered, name().rdn(CN, UTF8, value))).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "CN=bank|bank ltd",
        "CN=bank ltd|bank",
        "CN=bank|xbank",
        "CN=ban.|bank",
        "CN=.*|bank",
        "CN=ab|a b",
        "CN=bank|b\u0430nk",
        "CN=bank|`bank\u0000`",
        "CN=bank\\00|bank",
        "CN=bank|ba\u00ADnk",
        "CN=bank|ba\u200Bnk",
        "CN=bank|\uFF42ank",
        "CN=bank|ban\u212A",
        "CN=bank|bank\u0301",
        "CN=bank|`bank\t`",
        "CN=a b|a\u00A0b",
        "CN=a b|a\tb",
        "CN=a b|`a\nb`",
        "CN=strasse|straße",
        "CN=Å|\u212B",
        "CN=Ω|\u2126",
        "CN=fi|ﬁ",
        "CN=i|ı",
        "CN=i|İ",
        "CN=s|ſ",
        "CN=1|²",
        "CN=σ|ς",
      })
  void isNeverWiderThanTheName(String registered, String value) {
    assertThat(matches(registered, name().rdn(CN, UTF8, value))).isFalse();
  }

  @Test
  void readsEveryStringTypeThatHasOneReading() {
    assertThat(matches("CN=Bank", name().rdn(CN, PRINTABLE, "bank"))).isTrue();
    assertThat(matches("CN=Bank", name().rdn(CN, IA5, "bank"))).isTrue();
    assertThat(matches("CN=Bank", name().rdn(CN, T61, "bank"))).isTrue();
    assertThat(matches("CN=Bänk", name().rdn(CN, BMP, "bänk"))).isTrue();
    assertThat(matches("CN=B\u00e4nk", name().rdn(CN, T61, "b\u00e4nk"))).isFalse();
    assertThat(matches("CN=#140462e46e6b", name().rdn(CN, T61, "b\u00e4nk"))).isTrue();
    assertThat(matches("CN=b$nk", name().rdn(CN, T61, "b$nk"))).isFalse();
  }

  @Test
  void comparesWhatIsNoTextOctetByOctet() {
    byte[] broken = {'b', (byte) 0xff};
    byte[] bits = {0, 5};
    EncodedName encoded = name().rdn(attribute("2.5.4.45", 0x03, bits));

    assertThat(matches("2.5.4.45=#03020005", encoded)).isTrue();
    assertThat(matches("2.5.4.45=#03020006", encoded)).isFalse();
    assertThat(matches("2.5.4.45=#04020005", encoded)).isFalse();
    assertThat(matches("CN=b\uFFFD", name().rdn(attribute(CN, UTF8, broken)))).isFalse();
    assertThat(matches("CN=#0c0262ff", name().rdn(attribute(CN, UTF8, broken)))).isTrue();
    assertThat(matches("CN=\\00b", name().rdn(attribute(CN, BMP, new byte[] {0, 0, 0, 'b'}))))
        .isTrue();
    assertThat(matches("CN=b", name().rdn(attribute(CN, BMP, new byte[] {0, 0, 0, 'b'}))))
        .isFalse();
    assertThat(matches("CN=text b", name().rdn(CN, UTF8, "b"))).isFalse();
  }

  @Test
  void leavesTheOrderFreeWithinAnRdnOnly() {
    EncodedName shown =
        name()
            .rdn(O, UTF8, "Bank")
            .rdn(attribute(CN, UTF8, "a"), attribute("0.9.2342.19200300.100.1.1", UTF8, "1"));

    assertThat(matches("CN=a+UID=1,O=Bank", shown)).isTrue();
    assertThat(matches("UID=1 + CN=a , O=Bank", shown)).isTrue();
    assertThat(matches("O=Bank,CN=a+UID=1", shown)).isFalse();
    assertThat(matches("CN=a,UID=1,O=Bank", shown)).isFalse();
    assertThat(matches("CN=a+UID=1+O=Bank", shown)).isFalse();
    assertThat(matches("CN=a,O=Bank+UID=1", shown)).isFalse();
    assertThat(matches("CN=a,O=Bank", shown)).isFalse();
    assertThat(matches("CN=a+UID=1", shown)).isFalse();
  }

  @Test
  void countsWhatIsThereTwice() {
    EncodedName twice = name().rdn(attribute(CN, UTF8, "a"), attribute(CN, UTF8, "a"));

    assertThat(matches("CN=a", twice)).isFalse();
    assertThat(matches("CN=a+CN=a", twice)).isTrue();
    assertThat(matches("CN=a,CN=a", twice)).isFalse();
    assertThat(matches("CN=a+CN=a", name().rdn(CN, UTF8, "a"))).isFalse();
    assertThat(matches("", name())).isTrue();
    assertThat(matches("", name().rdn(CN, UTF8, "a"))).isFalse();
    assertThat(DistinguishedName.parse(" ").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "CN",
        "CN=a,",
        "CN=a,,O=b",
        ",CN=a",
        "CN=a+",
        "=a",
        "XY=a",
        "/C=BR/O=Bank",
        "C N=a",
        "2.5.4.=a",
        "2.5.04.3=a",
        "OID.=a",
        "OID.CN=a",
        "9.5.4.3=a",
        "CN=#",
        "CN=#0",
        "CN=#0c",
        "CN=#0c0261",
        "CN=#0c016162",
        "CN=#xy",
        "CN=#1f0161",
        "CN=\"a",
        "CN=\"a\"b",
        "CN=a\"b",
        "CN=a<b",
        "CN=a\\",
        "CN=a\\x",
        "CN=a\\4",
        "CN=\\FF",
        "CN=\\ED\\A0\\80",
        "CN=\uD83C",
      })
  void refusesWhatIsNoName(String text) {
    assertThatThrownBy(() -> DistinguishedName.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("[\\x20-\\x7e]{5,120}");
  }

  @Test
  void readsLongNamesUpToALimit() {
    String long4000 = "x".repeat(4000);
    String many = "OU=a,".repeat(1000) + "O=b";
    EncodedName shown = name().rdn(O, UTF8, "b");
    for (int i = 0; i < 1000; i++) {
      shown.rdn(OU, UTF8, "a");
    }

    assertThat(matches("CN=" + long4000, name().rdn(CN, UTF8, long4000))).isTrue();
    assertThat(matches("CN=" + long4000, name().rdn(CN, UTF8, long4000 + "x"))).isFalse();
    assertThat(matches(many, shown)).isTrue();
    assertThatThrownBy(() -> DistinguishedName.parse("CN=" + "x".repeat(10_000)))
        .hasMessageContaining("10000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CN=a,O=b|it has another O",
        "CN=a,OU=x,O=Bank|it has no OU",
        "CN=a|it also has O",
        "CN=b,OU=x|it has another CN, has no OU, also has O",
        "O=Bank,CN=a|it has the same parts in reverse; RFC 4514 writes the last one of the"
            + " certificate first",
        "CN=a+O=Bank|it has the same parts in another order",
        "CN=a,1.2.3.4=secret,O=Bank|it has no 1.2.3.4",
      })
  void saysWhatDiffersAndNoValue(String registered, String sentence) {
    X500Principal shown = name().rdn(O, UTF8, "Bank").rdn(CN, UTF8, "a").build();

    assertThat(DistinguishedName.parse(registered).differenceTo(DistinguishedName.of(shown)))
        .isEqualTo(sentence);
  }
}
