package io.github.fapipack.certificate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which values somebody can register as the name in a certificate. */
class CertificateMemberTest {

  @ParameterizedTest
  @CsvSource({
    "SUBJECT_DN, 'CN=a,2.5.4.97=b'",
    "SAN_DNS, client.example",
    "SAN_DNS, CLIENT_1.example",
    "SAN_DNS, xn--bcher-kva.example",
    "SAN_URI, https://client.example/a?b=c",
    "SAN_URI, urn:example:client",
    "SAN_IP, 192.0.2.1",
    "SAN_IP, 2001:db8::1",
    "SAN_IP, ::ffff:192.0.2.1",
    "SAN_EMAIL, Some.Body+x@client.example",
  })
  void takesNames(CertificateMember member, String value) {
    assertThat(member.fault(value)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "SUBJECT_DN, client",
    "SUBJECT_DN, ' '",
    "SAN_DNS, *.client.example",
    "SAN_DNS, client.example.",
    "SAN_DNS, .client.example",
    "SAN_DNS, bücher.example",
    "SAN_DNS, https://client.example",
    "SAN_DNS, 'a b'",
    "SAN_URI, /client",
    "SAN_URI, 'https://client.example/a b'",
    "SAN_URI, https://bücher.example/",
    "SAN_IP, localhost",
    "SAN_IP, 192.0.2",
    "SAN_IP, 192.0.2.256",
    "SAN_IP, 192.0.2.01",
    "SAN_IP, 3221225985",
    "SAN_IP, 192.0.2.1/24",
    "SAN_IP, 2001:db8::1%eth0",
    "SAN_IP, 2001:db8::1::",
    "SAN_IP, [2001:db8::1]",
    "SAN_EMAIL, client.example",
    "SAN_EMAIL, @client.example",
    "SAN_EMAIL, a@b@client.example",
    "SAN_EMAIL, 'a b@client.example'",
    "SAN_EMAIL, ü@client.example",
    "SAN_EMAIL, *@client.example/",
  })
  void refusesWhatIsNone(CertificateMember member, String value) {
    assertThat(member.fault(value)).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, c0000201",
    "::ffff:192.0.2.1, 00000000000000000000ffffc0000201",
    "2001:DB8:0:0::1, 20010db8000000000000000000000001",
  })
  void readsAddressesAsOctets(String text, String octets) {
    assertThat(HexFormat.of().formatHex(AlternativeNames.address(text))).isEqualTo(octets);
  }
}
