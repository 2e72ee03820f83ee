-- What the night of this release did to articles: new, corrected, taken over by a better copy, taken back.
select versions.change, count(*) as articles
from marts.fct_article_version as versions
join meta.release as release on versions.valid_from_night = release.night
group by versions.change
order by articles desc, versions.change
