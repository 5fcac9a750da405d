package io.github.fapipack.consent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.fapipack.bridge.BankConsent;
import io.github.fapipack.bridge.BankConsent.Account;
import io.github.fapipack.bridge.BankConsent.Choose;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Nobody chooses an account that the bank has not offered, or more than it wants. */
class AccountChoiceTest {

  private static AccountChoice choice(Choose choose, String... ids) {
    List<Account> accounts =
        Stream.of(ids).map(id -> new Account(id, "Name", null, null, null)).toList();
    return new AccountChoice(
        new BankConsent(
            "https://bank.example",
            "urn:bank:1",
            "client",
            BankConsent.Status.AWAITING_AUTHORISATION,
            "accounts",
            null,
            null,
            null,
            null,
            null,
            null,
            accounts,
            choose));
  }

  private static void refuses(AccountChoice choice, String... ids) {
    assertThatThrownBy(() -> choice.chosen(List.of(ids)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void takesAsManyAsTheBankWants() {
    assertThat(choice(Choose.NONE, "a").chosen(List.of())).isEmpty();
    assertThat(choice(Choose.ONE, "a", "b").chosen(List.of("b"))).containsExactly("b");
    assertThat(choice(Choose.MANY, "a", "b").chosen(List.of("b", "a", "b")))
        .containsExactly("b", "a");
  }

  @Test
  void refusesAnyOtherNumber() {
    refuses(choice(Choose.NONE, "a"), "a");
    refuses(choice(Choose.ONE, "a", "b"));
    refuses(choice(Choose.ONE, "a", "b"), "a", "b");
    refuses(choice(Choose.MANY, "a", "b"));
  }

  @Test
  void isImpossibleWithoutAccounts() {
    assertThat(choice(Choose.MANY).isPossible()).isFalse();
    assertThat(choice(Choose.ONE).isPossible()).isFalse();
    assertThat(choice(Choose.NONE).isPossible()).isTrue();
  }

  @Property(tries = 300)
  void takesOnlyWhatIsOffered(@ForAll List<String> picked) {
    AccountChoice choice = choice(Choose.MANY, "a", "b");
    try {
      assertThat(choice.chosen(picked)).isSubsetOf("a", "b").isNotEmpty();
    } catch (IllegalArgumentException expected) {
      assertThat(picked.isEmpty() || !List.of("a", "b").containsAll(picked)).isTrue();
    }
  }
}
