package io.github.fapipack.certificate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.cert.CertificateException;
import org.junit.jupiter.api.Test;

class DerCertificateTest {

  @Test
  void deepNestingDoesNotOverflowTheStack() {
    byte[] nested = new byte[200_000];
    for (int i = 0; i < nested.length; i += 2) {
      nested[i] = 0x30;
      nested[i + 1] = (byte) 0x80;
    }

    assertThatThrownBy(() -> DerCertificate.read(nested)).isInstanceOf(CertificateException.class);
  }

  @Test
  void garbageIsNoCertificate() {
    for (byte[] garbage : new byte[][] {{}, {0x30}, {0x30, 0x03, 0x01, 0x02, 0x03}, {0x78}}) {
      assertThatThrownBy(() -> DerCertificate.read(garbage))
          .isInstanceOf(CertificateException.class);
    }
  }
}
