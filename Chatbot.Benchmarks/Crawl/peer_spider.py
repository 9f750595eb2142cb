# The peer's side: Scrapy follows all links of the site and stores every body, at the same concurrency.
import hashlib
import os
from urllib.parse import urlsplit

from scrapy.crawler import CrawlerProcess
from scrapy.linkextractors import LinkExtractor
from scrapy.spiders import CrawlSpider, Rule

START, STORE = os.environ["PEER_START"], os.environ["PEER_STORE"]


class PeerSpider(CrawlSpider):
    name = "peer"
    start_urls = [START]
    allowed_domains = [urlsplit(START).hostname]
    rules = (Rule(LinkExtractor(), callback="store", follow=True),)
    pages = 0

    def parse_start_url(self, response):
        return self.store(response)

    def store(self, response):
        self.pages += 1
        with open(os.path.join(STORE, hashlib.sha256(response.url.encode()).hexdigest()), "wb") as file:
            file.write(response.body)
        return []

    def closed(self, reason):
        print(self.pages, flush=True)


process = CrawlerProcess({
    "CONCURRENT_REQUESTS": int(os.environ["PEER_CONCURRENCY"]),
    "CONCURRENT_REQUESTS_PER_DOMAIN": int(os.environ["PEER_CONCURRENCY"]),
    "DOWNLOAD_DELAY": 0,
    "ROBOTSTXT_OBEY": True,
    "COOKIES_ENABLED": False,
    "TELNETCONSOLE_ENABLED": False,
    "LOG_LEVEL": "ERROR",
    "REQUEST_FINGERPRINTER_IMPLEMENTATION": "2.7",
})
process.crawl(PeerSpider)
process.start()
