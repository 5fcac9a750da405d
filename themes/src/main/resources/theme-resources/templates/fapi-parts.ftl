<#-- Parts of the pack's pages. Values of a client are escaped, and marked by <bdi> or in a fragment. -->

<#macro styles>
  <#-- Our own layout has it in the head. -->
  <#if !properties.fapiLayout??><link rel="stylesheet" href="${url.resourcesPath}/css/fapi-parts.css"></#if>
</#macro>

<#macro logo client>
  <#if client.logo??>
    <img class="fapi-client-logo" src="${client.logo}" alt="" width="56" height="56" referrerpolicy="no-referrer">
  <#else>
    <span class="fapi-client-logo" aria-hidden="true">${client.initial}</span>
  </#if>
</#macro>

<#-- The host is seen before the link is followed. -->
<#macro away address words host>
  <a href="${address}" target="_blank" rel="noopener noreferrer nofollow">${words} <bdi class="fapi-host">(${host})</bdi><span class="fapi-hidden"> ${text("fapi.page.tab")}</span></a>
</#macro>

<#-- What is missing or wrong, where it is. -->
<#macro problem words field>
  <#if words?has_content><p class="fapi-problem" role="alert" id="fapi-problem-${field}">${words}</p></#if>
</#macro>

<#macro wrong words field first><#if words?has_content> aria-invalid="true" aria-describedby="fapi-problem-${field}"<#if first> autofocus</#if></#if></#macro>

<#macro members list>
  <dl>
    <#list list as member>
      <div class="fapi-row">
        <dt>${member.name}</dt>
        <dd><@value member /></dd>
      </div>
    </#list>
  </dl>
</#macro>

<#macro value of>
  <#if of.members??><@members of.members /><#elseif of.elements??>
    <ul class="fapi-list"><#list of.elements as element><li><@value element /></li></#list></ul>
  <#else><bdi class="fapi-quoted">${of.value}</bdi></#if>
</#macro>

<#macro choice item words="" first=false>
  <#if item.options?size == 1>
    <div class="fapi-choice">
      <p class="fapi-legend" id="fapi-only-${item.index}">${item.choose!text("fapi.consent.choose.one")}</p>
      <p aria-labelledby="fapi-only-${item.index}"><@account item.options[0] /></p>
      <p class="fapi-muted">${text("fapi.consent.choose.only")}</p>
      <input type="hidden" name="${item.choiceField}" value="${item.options[0].value}">
    </div>
  <#else>
    <fieldset class="fapi-choice"<#if !item.many> role="radiogroup"</#if><#if words?has_content><#if !item.many> aria-invalid="true"</#if> aria-describedby="fapi-problem-${item.choiceField}"<#elseif item.many && item.options?has_content> aria-describedby="fapi-hint-${item.index}"</#if>>
      <legend>${item.choose!text(item.many?then("fapi.consent.choose.many", "fapi.consent.choose.one"))}</legend>
      <@problem words=words field=item.choiceField />
      <#if item.options?has_content>
        <#if item.many><p class="fapi-muted" id="fapi-hint-${item.index}">${text("fapi.consent.choose.hint")}</p></#if>
        <#list item.options as option>
          <label class="fapi-check">
            <input type="${item.many?then("checkbox", "radio")}" name="${item.choiceField}" value="${option.value}"<#if option.checked> checked</#if><#if item.many><@wrong words=words field=item.choiceField first=(first && option?is_first) /><#elseif first && option?is_first> autofocus</#if>>
            <span><@account option /></span>
          </label>
        </#list>
      <#else>
        <p>${text("fapi.consent.choose.none")}</p>
      </#if>
    </fieldset>
  </#if>
</#macro>

<#macro account option><#if option.name??><bdi class="fapi-account-name">${option.name}</bdi> </#if><bdi class="fapi-account">${option.label}</bdi></#macro>

<#macro grant details scopes>
  <#list details as detail>
    <h3>${detail.title}<#if detail.once!false> <span class="fapi-muted">(${text("fapi.grants.once")})</span></#if></h3>
    <#if detail.html??><div class="fapi-detail">${detail.html?no_esc}</div><#else><@members detail.members /></#if>
  </#list>
  <#if scopes?has_content>
    <#if details?has_content><h3>${text("fapi.consent.scopes.also")}</h3></#if>
    <ul class="fapi-list"><#list scopes as scope><li>${scope}</li></#list></ul>
  </#if>
</#macro>

<#macro dates grant>
  <p class="fapi-muted">${text("fapi.grants.since", grant.since)} · <#if grant.until??>${text("fapi.grants.until", grant.until)}<#else>${text("fapi.grants.forever")}</#if></p>
</#macro>
