<#-- detail: the object; text: this type's messages; date, money: as the user writes them -->
<dl>
  <#list detail.consent.Permissions as insurance>
  <dt>${label('kind.', insurance.InsuranceType)}</dt>
  <dd><ul><#list insurance.Permissions as value><li>${label('permissions.', value)}</li></#list></ul></dd>
  </#list>
  <dt>${text['purpose']}</dt>
  <dd>${label('purpose.', detail.consent.OpenFinanceBilling.Purpose)}</dd>
  <dt>${text['until']}</dt>
  <dd>${date(detail.consent.ExpirationDateTime)}</dd>
</dl>
