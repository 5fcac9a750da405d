package io.github.fapipack.bridge;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;

/**
 * A consent as the bank's consent service describes it. Texts for people are maps from a language
 * tag to a text.
 *
 * @param issuer who says it
 * @param consentId its id
 * @param clientId the client_id of the client that lodged it
 * @param status how far it has come
 * @param kind what it is about, in the service's words, such as {@code accounts} or {@code payment}
 * @param subject the user whom it belongs to; null as long as nobody has authorised it
 * @param expiresAt when it ends, in seconds since the epoch, or null for never
 * @param acr of these values the login must have one; empty for no demand
 * @param purpose what the data are for
 * @param permissions what it lets the client do
 * @param facts further rows to show, such as an amount and a payee
 * @param accounts the accounts of the user among which the user chooses; present only if the user
 *     was named
 * @param choose how many of the accounts the user chooses
 */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonNaming(SnakeCaseStrategy.class)
public record BankConsent(
    String issuer,
    String consentId,
    String clientId,
    Status status,
    String kind,
    String subject,
    Long expiresAt,
    List<String> acr,
    Map<String, String> purpose,
    List<Permission> permissions,
    List<Fact> facts,
    List<Account> accounts,
    Choose choose) {

  /** The end of the year 9999: later times cannot be shown. */
  private static final long LATEST = 253_402_300_799L;

  public BankConsent {
    if (expiresAt != null && (expiresAt < 0 || expiresAt > LATEST)) {
      throw new IllegalArgumentException("expires_at is not a time in seconds");
    }
    acr = acr == null ? List.of() : List.copyOf(acr);
    purpose = purpose == null ? Map.of() : Map.copyOf(purpose);
    permissions = permissions == null ? List.of() : List.copyOf(permissions);
    facts = facts == null ? List.of() : List.copyOf(facts);
    accounts = accounts == null ? List.of() : List.copyOf(accounts);
    choose = choose == null ? Choose.NONE : choose;
  }

  /** How far a consent has come. */
  public enum Status {
    /** Nobody has decided yet. */
    @JsonProperty("awaiting_authorisation")
    AWAITING_AUTHORISATION,

    /** The user has authorised it, and it can be used. */
    @JsonProperty("authorised")
    AUTHORISED,

    /** The user has refused it. */
    @JsonProperty("rejected")
    REJECTED,

    /** It was authorised, and was taken back. */
    @JsonProperty("revoked")
    REVOKED,

    /** Its time is over. */
    @JsonProperty("expired")
    EXPIRED,

    /** It was for one use, which is over. */
    @JsonProperty("consumed")
    CONSUMED
  }

  /** How many accounts the user chooses. */
  public enum Choose {
    @JsonProperty("none")
    NONE,

    @JsonProperty("one")
    ONE,

    @JsonProperty("many")
    MANY
  }

  /**
   * Something that the client may do.
   *
   * @param code its name in the ecosystem
   * @param name its name for people, by language
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Permission(String code, Map<String, String> name) {

    public Permission {
      name = name == null ? Map.of() : Map.copyOf(name);
    }
  }

  /**
   * A row of the page.
   *
   * @param name by language
   * @param value by language; the language {@code und} is for all
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Fact(Map<String, String> name, Map<String, String> value) {

    public Fact {
      name = name == null ? Map.of() : Map.copyOf(name);
      value = value == null ? Map.of() : Map.copyOf(value);
    }
  }

  /**
   * An account of the user.
   *
   * @param id what is sent back if the user chooses it
   * @param name for people
   * @param number for people, or null
   * @param balance or null
   * @param chosen whether the consent is about it; null as long as nobody has authorised it
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Account(String id, String name, String number, Balance balance, Boolean chosen) {

    public Account {
      if (id == null || id.isBlank()) {
        throw new IllegalArgumentException("an account has no id");
      }
    }
  }

  /**
   * An amount of money.
   *
   * @param amount a decimal number
   * @param currency ISO 4217
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  public record Balance(String amount, String currency) {}
}
