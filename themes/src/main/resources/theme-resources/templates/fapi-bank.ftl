<#import "fapi-parts.ftl" as parts>
<#-- A consent that the bank holds. All words are the bank's, and are escaped. -->

<#macro said words quoted=false><bdi<#if words.lang??> lang="${words.lang}"</#if><#if quoted> class="fapi-quoted"</#if>>${words.text}</bdi></#macro>

<#-- A long list scrolls by itself, also by keyboard. -->
<#macro scroll long label>
  <div<#if long> class="fapi-scroll" role="region" tabindex="0" aria-label="${label}"</#if>><#nested></div>
</#macro>

<#macro content bank>
  <#if bank.purpose??>
    <h3>${text("fapi.bank.purpose")}</h3>
    <p><@said bank.purpose /></p>
  </#if>
  <#if bank.permissions?has_content>
    <h3>${text("fapi.bank.permissions")}</h3>
    <@scroll long=bank.long label=text("fapi.bank.permissions")>
      <ul class="fapi-list"><#list bank.permissions as permission><li><@said permission /></li></#list></ul>
    </@scroll>
  </#if>
  <#if bank.facts?has_content>
    <dl>
      <#list bank.facts as fact>
        <div class="fapi-row">
          <dt><@said fact.name /></dt>
          <dd><@said fact.value true /></dd>
        </div>
      </#list>
    </dl>
  </#if>
</#macro>

<#macro account of>
  <#if of.name??><bdi class="fapi-account-name">${of.name}</bdi> </#if>
  <#if of.number??><bdi class="fapi-account">${of.number}</bdi></#if>
  <#if of.balance??> <span class="fapi-muted">${text("fapi.bank.balance", of.balance)}</span></#if>
</#macro>

<#macro accounts from words="" first=false>
  <#if !from.chooses>
    <#if from.options?has_content>
      <div class="fapi-choice">
        <p class="fapi-legend">${text("fapi.bank.accounts")}</p>
        <@scroll long=from.long label=text("fapi.bank.accounts")>
          <ul class="fapi-list"><#list from.options as option><li><@account option /></li></#list></ul>
        </@scroll>
      </div>
    </#if>
  <#elseif from.options?size == 1>
    <div class="fapi-choice">
      <p class="fapi-legend" id="fapi-only-account">${text("fapi.bank.accounts")}</p>
      <p aria-labelledby="fapi-only-account"><@account from.options[0] /></p>
      <p class="fapi-muted">${text("fapi.consent.choose.only")}</p>
      <input type="hidden" name="${from.field}" value="${from.options[0].value}">
    </div>
  <#else>
    <fieldset class="fapi-choice"<#if !from.many> role="radiogroup"</#if><#if words?has_content><#if !from.many> aria-invalid="true"</#if> aria-describedby="fapi-problem-${from.field}"<#elseif from.many && from.options?has_content> aria-describedby="fapi-hint-accounts"</#if>>
      <legend>${text(from.many?then("fapi.bank.choose.many", "fapi.bank.choose.one"))}</legend>
      <@parts.problem words=words field=from.field />
      <#if from.options?has_content>
        <#if from.many><p class="fapi-muted" id="fapi-hint-accounts">${text("fapi.consent.choose.hint")}</p></#if>
        <@scroll long=from.long label=text("fapi.bank.accounts")>
          <#list from.options as option>
            <label class="fapi-check">
              <input type="${from.many?then("checkbox", "radio")}" name="${from.field}" value="${option.value}"<#if option.checked> checked</#if><#if from.many><@parts.wrong words=words field=from.field first=(first && option?is_first) /><#elseif first && option?is_first> autofocus</#if>>
              <span><@account option /></span>
            </label>
          </#list>
        </@scroll>
      <#else>
        <p>${text("fapi.consent.choose.none")}</p>
      </#if>
    </fieldset>
  </#if>
</#macro>

<#-- The consent of a grant; its accounts are those that the user has chosen. -->
<#macro granted bank>
  <p class="fapi-muted">${text("fapi.bank.number", bank.number)}</p>
  <#if bank.content??>
    <@content bank.content />
    <#if bank.content.accounts?has_content>
      <h3>${text("fapi.bank.accounts")}</h3>
      <ul class="fapi-list"><#list bank.content.accounts as each><li><@account each /></li></#list></ul>
    </#if>
  <#else>
    <p>${text("fapi.bank.unavailable")}</p>
  </#if>
</#macro>
