package io.github.fapipack.request;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.fapipack.Garbage;
import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What parameters may hold, in a request object and in a form. */
class RequestParametersTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static JsonNode object(String text) {
    try {
      return JSON.readTree(text.replace('\'', '"'));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static MultivaluedMap<String, String> form(String name, String value) {
    MultivaluedMap<String, String> form = new MultivaluedHashMap<>();
    form.putSingle(name, value);
    return form;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{'state':'1','nonce':'','scope':'openid'}",
        "{'exp':1.5,'nbf':1,'iat':1.7e9}",
        "{'max_age':0}",
        "{'max_age':2147483647}",
        "{'max_age':'3600'}",
        "{'prompt':'login consent'}",
        "{'prompt':'none'}",
        "{'prompt':''}",
        "{'resource':['https://a.example','https://b.example']}",
        "{'claims':{}}",
        "{'claims':{'userinfo':{'email':null},'id_token':{'acr':{'essential':true,'values':['1']}}}}",
        "{'claims':{'verified_claims':1,'id_token':{'email':{'purpose':7}}}}",
        "{'unknown':[1]}"
      })
  void takesWhatIsWellFormed(String json) {
    assertThat(RequestParameters.fault(object(json))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'state':1}",
        "{'state':null}",
        "{'state':{'a':1}}",
        "{'nonce':['n']}",
        "{'nonce':true}",
        "{'redirect_uri':['https://a.example']}",
        "{'scope':['openid']}",
        "{'response_type':7}",
        "{'response_mode':{}}",
        "{'code_challenge':1}",
        "{'client_id':1}",
        "{'acr_values':['1']}",
        "{'login_hint':{}}",
        "{'ui_locales':['de']}",
        "{'display':1}",
        "{'id_token_hint':{}}",
        "{'request_uri':1}",
        "{'dpop_jkt':1}",
        "{'exp':'1'}",
        "{'nbf':null}",
        "{'iat':[1]}",
        "{'resource':1}",
        "{'resource':[]}",
        "{'resource':['a',1]}",
        "{'prompt':['none']}",
        "{'prompt':'NONE'}",
        "{'prompt':'none login'}",
        "{'prompt':'login\\tconsent'}",
        "{'prompt':'everything'}",
        "{'max_age':-1}",
        "{'max_age':1.5}",
        "{'max_age':1.0}",
        "{'max_age':2147483648}",
        "{'max_age':99999999999999999999}",
        "{'max_age':true}",
        "{'max_age':null}",
        "{'max_age':[1]}",
        "{'max_age':'-1'}",
        "{'claims':1}",
        "{'claims':null}",
        "{'claims':[]}",
        "{'claims':'nonsense'}",
        "{'claims':'[]'}",
        "{'claims':{'userinfo':[]}}",
        "{'claims':{'userinfo':null}}",
        "{'claims':{'id_token':{'acr':'1'}}}",
        "{'claims':{'id_token':{'acr':{'essential':'true'}}}}",
        "{'claims':{'id_token':{'acr':{'values':'1'}}}}"
      })
  void refusesWhatIsNot(String json) {
    assertThat(RequestParameters.fault(object(json))).isPresent();
  }

  @ParameterizedTest
  @CsvSource({
    "max_age,0",
    "max_age,0003600",
    "max_age,''",
    "prompt,' login  consent '",
    "prompt,create",
    "claims,'{}'",
    "claims,'{\"id_token\":{\"acr\":null}}'",
    "state,anything"
  })
  void takesAFormThatIsWellFormed(String name, String value) {
    assertThat(RequestParameters.fault(form(name, value))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "max_age,-1",
    "max_age,1.5",
    "max_age,2147483648",
    "max_age,+5",
    "max_age,soon",
    "max_age,00000000000000000000000009999999999",
    "max_age,\u0661",
    "max_age,' 1'",
    "prompt,none login",
    "prompt,unheard_of",
    "claims,'{\"a\":1,\"a\":1}'",
    "claims,'{} {}'",
    "claims,'\"text\"'"
  })
  void refusesAFormThatIsNot(String name, String value) {
    assertThat(RequestParameters.fault(form(name, value))).isPresent();
  }

  @Property(tries = 2000)
  void takesAnyGarbage(@ForAll("claims") String json) {
    try {
      JsonNode read = JSON.readTree(json);
      if (read != null && read.isObject()) {
        assertThat(RequestParameters.fault(read)).isNotNull();
      }
    } catch (JsonProcessingException unreadable) {
      // is refused before
    }
  }

  @Provide
  Arbitrary<String> claims() {
    return Garbage.object("prompt", "max_age", "claims", "state", "resource");
  }
}
