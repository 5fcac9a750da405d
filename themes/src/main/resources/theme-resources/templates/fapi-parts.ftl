<#-- Pieces of our pages. Whatever a client sent is escaped, and marked by <bdi> or in a fragment. -->

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

<#macro away address words>
  <a href="${address}" target="_blank" rel="noopener noreferrer nofollow">${words}<span class="fapi-hidden"> ${text("fapi.page.tab")}</span></a>
</#macro>

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

<#macro choice item>
  <fieldset class="fapi-choice"<#if item.many && item.options?size gt 1> aria-describedby="fapi-hint-${item.index}"</#if>>
    <legend>${item.choose!text(item.many?then("fapi.consent.choose.many", "fapi.consent.choose.one"))}</legend>
    <#if item.options?has_content>
      <#if item.many && item.options?size gt 1><p class="fapi-muted" id="fapi-hint-${item.index}">${text("fapi.consent.choose.hint")}</p></#if>
      <#list item.options as option>
        <label class="fapi-check">
          <input type="${item.many?then("checkbox", "radio")}" name="${item.choiceField}" value="${option.value}"<#if option.checked> checked</#if>>
          <bdi class="fapi-account">${option.label}</bdi>
        </label>
      </#list>
    <#else>
      <p>${text("fapi.consent.choose.none")}</p>
    </#if>
  </fieldset>
</#macro>

<#macro grant details scopes>
  <#list details as detail>
    <h3>${detail.title}</h3>
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
