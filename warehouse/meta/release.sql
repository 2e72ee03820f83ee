-- This release.
select
    $release_id as release_id,
    $night::DATE as night,
    $built_at_utc::TIMESTAMP as built_at_utc,
    $code_version as code_version,
    $contract_version as contract_version,
    $reference_digest as reference_digest,
    $parent_release_id as parent_release_id
