-- Stories are not told apart yet: every article belongs to the unknown one.
select -1 as story_key, '未归入脉络' as title_hans, null as first_night, null as last_night, 0 as article_count
