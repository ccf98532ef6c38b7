#!/usr/bin/env python3
"""Opens a site from its folder in headless Chromium: sorts, filters, chooses two machines and compares them; takes pictures.

Needs Debian's chromium and chromium-driver, and selenium (pip).
"""
import pathlib
import shutil
import sys
import time

from selenium import webdriver
from selenium.webdriver.common.by import By


def browser(width, height):
    options = webdriver.ChromeOptions()
    for argument in ["--headless=new", "--no-sandbox", "--disable-gpu", f"--window-size={width},{height}", "--host-resolver-rules=MAP * ~NOTFOUND"]:
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = shutil.which("chromedriver")
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(driver) if driver else None)


def visible(page):
    return page.execute_script("return Array.from(document.querySelectorAll('.site tbody tr')).filter(r => !r.hidden).length")


def main():
    site, pictures = pathlib.Path(sys.argv[1]).resolve(), pathlib.Path(sys.argv[2])
    page = browser(1280, 1000)
    start = time.monotonic()
    page.get(f"file://{site}/index.html")
    print(f"index      {visible(page)} rows, loaded in {time.monotonic() - start:.2f} s")
    page.save_screenshot(str(pictures / "site-index.png"))
    start = time.monotonic()
    page.find_elements(By.CSS_SELECTOR, ".site thead th[data-sort] button")[4].click()
    values = page.execute_script("return Array.from(document.querySelectorAll('.site tbody tr')).map(r => Number(r.cells[5].dataset.v))")
    assert values == sorted(values, reverse=True), "not sorted"
    print(f"sort       in {time.monotonic() - start:.2f} s")
    page.find_element(By.ID, "filter").send_keys("neoverse")
    left = visible(page)
    assert 0 < left < len(values), left
    print(f"filter     {left} rows")
    boxes = [box for box in page.find_elements(By.CSS_SELECTOR, ".site tbody input") if box.is_displayed()]
    for box in boxes[:1]:
        box.click()
    page.find_element(By.ID, "filter").clear()
    page.find_element(By.ID, "filter").send_keys("epyc")
    boxes = [box for box in page.find_elements(By.CSS_SELECTOR, ".site tbody input") if box.is_displayed()]
    for box in boxes[:2]:
        box.click()
    page.find_element(By.ID, "compare").click()
    time.sleep(0.5)
    tables = page.find_elements(By.CSS_SELECTOR, "table.against")
    rows = page.execute_script("return Array.from(document.querySelectorAll('table.against')).map(t => t.tBodies[0].rows.length)")
    assert len(tables) == 2 and all(rows), rows
    print(f"compare    tables of {rows} rows")
    page.save_screenshot(str(pictures / "site-compare.png"))
    severe = [entry for entry in page.get_log("browser") if entry["level"] == "SEVERE"]
    foreign = [entry for entry in page.get_log("performance") if '"url":"http' in entry["message"]]
    print(f"console    {len(severe)} errors, {len(foreign)} requests to a network")
    for entry in severe:
        print("  ", entry["message"])
    page.quit()
    phone = browser(500, 844)
    phone.get(f"file://{site}/index.html")
    wide = phone.execute_script("return document.documentElement.scrollWidth - document.documentElement.clientWidth")
    print(f"phone      page wider than its window by {wide} px")
    phone.save_screenshot(str(pictures / "site-phone.png"))
    phone.quit()
    assert not severe and not foreign and wide <= 0


main()
