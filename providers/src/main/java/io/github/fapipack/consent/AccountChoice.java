package io.github.fapipack.consent;

import io.github.fapipack.bridge.BankConsent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The accounts of a consent of the bank, among which the user chooses none, one or several. */
public final class AccountChoice {

  /** The name of the fields with the ids of chosen accounts. */
  static final String FIELD = "account";

  private final BankConsent consent;

  public AccountChoice(BankConsent consent) {
    this.consent = consent;
  }

  /** Whether the user has what must be chosen. */
  boolean isPossible() {
    return !chooses() || !consent.accounts().isEmpty();
  }

  /** Whether the user chooses; otherwise all accounts are only shown. */
  boolean chooses() {
    return consent.choose() != BankConsent.Choose.NONE;
  }

  /**
   * The ids of the chosen accounts, each once.
   *
   * @param picked what was sent
   * @throws IllegalArgumentException if an account was not offered, or if there are too few or too
   *     many
   */
  public List<String> chosen(List<String> picked) {
    List<String> ids = picked.stream().distinct().toList();
    boolean fits =
        switch (consent.choose()) {
          case NONE -> ids.isEmpty();
          case ONE -> ids.size() == 1;
          case MANY -> !ids.isEmpty();
        };
    if (!fits || !offered().containsAll(ids)) {
      throw new IllegalArgumentException("choose from the accounts that are offered");
    }
    return ids;
  }

  /** The ids that were sent and are offered, to show them again. */
  List<String> entered(List<String> picked) {
    Set<String> offered = offered();
    // Choices are kept one in a line.
    return picked.stream().filter(offered::contains).filter(id -> id.indexOf('\n') < 0).toList();
  }

  private Set<String> offered() {
    return Set.copyOf(consent.accounts().stream().map(BankConsent.Account::id).toList());
  }

  /**
   * For a template.
   *
   * @param entered the user's earlier choices, as {@code account=<id>}
   */
  Map<String, Object> model(BankView view, Set<String> entered) {
    Map<String, Object> model = new HashMap<>();
    model.put("field", FIELD);
    model.put("chooses", chooses());
    model.put("many", consent.choose() == BankConsent.Choose.MANY);
    model.put("long", BankView.isLong(consent.accounts()));
    model.put(
        "options",
        consent.accounts().stream()
            .map(
                account -> {
                  Map<String, Object> option = view.account(account);
                  option.put("value", account.id());
                  option.put("checked", entered.contains(FIELD + "=" + account.id()));
                  return option;
                })
            .toList());
    return model;
  }
}
