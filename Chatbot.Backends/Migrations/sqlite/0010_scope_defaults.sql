-- Sites of before say nothing of query parameters and sitemaps; what a JSON does not name is read as off.
UPDATE sites SET scope = json_set(scope, '$.keepParameters', json('[]'), '$.dropParameters', json('[]'), '$.sortParameters', json('false'), '$.sitemaps', json('true'))
WHERE json_extract(scope, '$.sitemaps') IS NULL;
