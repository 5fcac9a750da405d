package io.github.fapipack.rule;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response.Status;
import org.junit.jupiter.api.Test;

/** What is wrong and what to do stay apart, whatever a value between them holds. */
class RefusalTest {

  @Test
  void keepsWhatIsWrongApartFromWhatToDo() {
    Refusal refusal = Refusal.invalidRequest("parameter a; b is repeated", "send it; once");

    assertThat(refusal.wrong()).isEqualTo("parameter a; b is repeated");
    assertThat(refusal.remedy()).isEqualTo("send it; once");
    assertThat(refusal.getErrorDetail()).isEqualTo("parameter a; b is repeated; send it; once");
  }

  @Test
  void findsTheRemedyBehindTheLastSemicolonOfOneSentence() {
    Refusal refusal =
        new Refusal("invalid_client", "the name CN=a; O=b differs; register it again");

    assertThat(refusal.wrong()).isEqualTo("the name CN=a; O=b differs");
    assertThat(refusal.remedy()).isEqualTo("register it again");
  }

  @Test
  void needsNoRemedy() {
    Refusal refusal = new Refusal("access_denied", "no; never", null, Status.FORBIDDEN);

    assertThat(refusal.remedy()).isNull();
    assertThat(refusal.wrong()).isEqualTo(refusal.getErrorDetail()).isEqualTo("no; never");
    assertThat(Refusal.invalidRequest("nothing helps").remedy()).isNull();
  }

  @Test
  void isPrintable() {
    Refusal refusal = Refusal.invalidRequest("\"x\"\n is wrong", "send \\ é");

    assertThat(refusal.getErrorDetail()).isEqualTo("'x'? is wrong; send / ?");
  }
}
