package io.github.fapipack.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When the settings of a rule are as strict as those of a profile. */
class PolicyStateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'seconds':90}            | {'seconds':90}          | true",
        "{'seconds':60}            | {'seconds':90}          | true",
        "{'seconds':91}            | {'seconds':90}          | false",
        "{'required':true}         | {'required':false}      | true",
        "{'required':false}        | {'required':true}       | false",
        "{'methods':['a']}         | {'methods':['a','b']}   | true",
        "{'methods':['b','a']}     | {'methods':['a','b']}   | true",
        "{'methods':['a','c']}     | {'methods':['a','b']}   | false",
        "{'audience':'x'}          | {'audience':''}         | true",
      })
  void comparesLimitsSwitchesAndLists(String own, String wanted, boolean strict) throws Exception {
    ObjectMapper mapper = new ObjectMapper();

    assertThat(
            PolicyState.isAsStrict(
                mapper.readTree(own.replace('\'', '"')),
                mapper.readTree(wanted.replace('\'', '"'))))
        .isEqualTo(strict);
  }
}
