-- 工作日、周末和节假日各发多少稿？ / How much is published on workdays, weekends and holidays?
select
    case
        when dates.is_holiday_cn then 'holiday'
        when dates.is_workday_cn then 'workday'
        else 'weekend'
    end as kind_of_day,
    count(*) as articles,
    count(distinct dates.date_key) as days,
    round(count(*) / count(distinct dates.date_key), 2) as articles_a_day
from marts.fct_article as articles
join marts.dim_date as dates on dates.date = articles.published_on
group by all
order by articles desc
