#!/usr/bin/env python3
# SPDX-License-Identifier: ISC
"""spark-submit pipe.py IN OUT: lines of questions in, lines of answers out."""
import sys

from pyspark.sql import SparkSession


def main():
    spark = SparkSession.builder.appName('nameplate').getOrCreate()
    asked = spark.sparkContext.textFile(sys.argv[1])
    asked.pipe('nameplate identify').saveAsTextFile(sys.argv[2])
    spark.stop()


if __name__ == '__main__':
    main()
