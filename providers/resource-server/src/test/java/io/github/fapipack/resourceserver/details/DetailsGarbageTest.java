package io.github.fapipack.resourceserver.details;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.fapipack.resourceserver.details.Coverage.Covered;
import io.github.fapipack.resourceserver.details.Coverage.NotCovered;
import io.github.fapipack.resourceserver.token.AccessToken;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DetailsGarbageTest {
  private static final String PAYMENT = "payment_initiation";

  @Property(tries = 300)
  void anAmountOfAnyTextIsCoveredOnlyIfItIsAPlainNumberThatIsNotMore(
      @ForAll("amounts") String amount) {
    GrantedDetails details =
        Tokens.granted(
            "{'type':'payment_initiation','instructedAmount':{'amount':'50','currency':'EUR'}}");
    boolean covered =
        details.covers(PAYMENT, Use.none().amount("/instructedAmount", amount, "EUR"))
            instanceof Covered;
    boolean plain = amount.length() <= 40 && amount.matches("[0-9]+(\\.[0-9]+)?");
    assertThat(covered)
        .isEqualTo(plain && new BigDecimal(amount).compareTo(BigDecimal.valueOf(50)) <= 0);
  }

  @Property(tries = 300)
  void whateverWasGrantedAndIsWantedEndsInAnAnswer(
      @ForAll("objects") Map<String, Object> granted,
      @ForAll("objects") Map<String, Object> wanted) {
    Map<String, Object> detail = new LinkedHashMap<>(granted);
    detail.put("type", PAYMENT);
    GrantedDetails details =
        new DetailRules(
                DetailTypes.shipped(),
                (purpose, key, until) -> true,
                DetailRules.KEPT,
                Tokens.CLOCK)
            .of(withDetail(detail));
    assertThat(details.covers(PAYMENT, Use.of(wanted))).isNotNull();
    assertThat(details.useOnce(PAYMENT, Use.of(wanted))).isNotNull();
    if (details.covers(PAYMENT, Use.of(wanted)) instanceof NotCovered missing) {
      assertThat(missing.sentence()).matches("[ -~&&[^\"\\\\]]+");
    }
  }

  @Property(tries = 300)
  void theSameObjectIsAlwaysCoveredUnlessItIsCompared(
      @ForAll("objects") Map<String, Object> granted) {
    Map<String, Object> detail = new LinkedHashMap<>(granted);
    detail.put("type", "urn:x:unknown");
    detail.keySet().removeAll(List.of("actions", "locations", "datatypes", "privileges"));
    GrantedDetails details =
        new DetailRules(
                DetailTypes.shipped(),
                (purpose, key, until) -> true,
                DetailRules.KEPT,
                Tokens.CLOCK)
            .of(withDetail(detail));
    assertThat(details.covers("urn:x:unknown", Use.of(detail))).isInstanceOf(Covered.class);
  }

  private static AccessToken withDetail(Map<String, Object> detail) {
    var token = Tokens.token(Map.of("grant_id", "g"));
    return new AccessToken(
        token.issuer(),
        token.clientId(),
        token.subject(),
        token.audience(),
        token.scopes(),
        token.expiresAt(),
        token.confirmation(),
        List.of(detail),
        token.claims());
  }

  @Provide
  Arbitrary<String> amounts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().withChars("0123456789.-+eE ,").ofMaxLength(8),
        Arbitraries.strings().ofMaxLength(20),
        Arbitraries.bigDecimals()
            .between(BigDecimal.valueOf(-60), BigDecimal.valueOf(60))
            .map(BigDecimal::toPlainString));
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    return object(3);
  }

  private static Arbitrary<Map<String, Object>> object(int depth) {
    Arbitrary<String> names =
        Arbitraries.oneOf(
            Arbitraries.of(
                "actions", "instructedAmount", "amount", "currency", "locations", "creditorName"),
            Arbitraries.strings().ofMaxLength(5));
    return Arbitraries.maps(names, value(depth - 1)).ofMaxSize(5);
  }

  private static Arbitrary<Object> value(int depth) {
    Arbitrary<Object> simple =
        Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(8).map(Object.class::cast),
            Arbitraries.doubles().map(Object.class::cast),
            Arbitraries.longs().map(Object.class::cast),
            Arbitraries.of(true, false).map(Object.class::cast),
            Arbitraries.just((Object) null));
    if (depth == 0) {
      return simple;
    }
    return Arbitraries.oneOf(
        simple,
        object(depth).map(Object.class::cast),
        simple.list().ofMaxSize(3).map(list -> (Object) new ArrayList<>(list)));
  }
}
