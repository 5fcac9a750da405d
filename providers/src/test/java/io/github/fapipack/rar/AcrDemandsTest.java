package io.github.fapipack.rar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.keycloak.util.JsonSerialization;

class AcrDemandsTest {

  private static JsonNode json(String text) throws Exception {
    return JsonSerialization.mapper.readTree(text.replace('\'', '"'));
  }

  private static List<AcrDemands.Demand> demands(String acr) throws Exception {
    return TypeSettings.of(json("{'x-fapi':{'acr':" + acr + "}}")).acr();
  }

  @Test
  void anAmountAboveTheLimitOfItsCurrencyDemandsMore() throws Exception {
    AcrDemands.Demand demand =
        demands(
                "[{'values':['strong'],'above':{'amount':'/a/amount','currency':'/a/currency',"
                    + "'limits':{'EUR':30,'JPY':5000.5}}}]")
            .get(0);

    for (String small :
        List.of(
            "{'a':{'amount':'30.00','currency':'EUR'}}",
            "{'a':{'amount':5000,'currency':'JPY'}}",
            "{'a':{'amount':'1e1','currency':'EUR'}}")) {
      assertThat(demand.appliesTo(json(small))).as(small).isFalse();
    }
    for (String large :
        List.of(
            "{'a':{'amount':'30.01','currency':'EUR'}}",
            "{'a':{'amount':'1','currency':'GBP'}}",
            "{'a':{'amount':'1','currency':'eur'}}",
            "{'a':{'amount':'x','currency':'EUR'}}",
            "{'a':{'currency':'EUR'}}",
            "{}")) {
      assertThat(demand.appliesTo(json(large))).as(large).isTrue();
    }
  }

  @Test
  void aDemandWithoutALimitIsForAll() throws Exception {
    assertThat(demands("[{'values':['a','b']}]").get(0).appliesTo(json("{}"))).isTrue();
    assertThat(TypeSettings.of(json("{}")).acr()).isEmpty();
  }

  @Test
  void anIncompleteDemandIsNotRead() {
    for (String wrong :
        List.of(
            "[{}]",
            "[{'values':[]}]",
            "[{'values':['a'],'above':{'amount':'/a'}}]",
            "[{'values':['a'],'above':{'amount':'a','currency':'/c','limits':{}}}]",
            "[{'values':['a'],'over':1}]")) {
      assertThatThrownBy(() -> demands(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
