// Package util holds small helpers that did not find another home.
package util

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseMinor reads "12.50" as 1250.
func ParseMinor(amount string) int64 {
	whole, fraction, _ := strings.Cut(strings.TrimSpace(amount), ".")
	pounds, _ := strconv.ParseInt(whole, 10, 64)
	pence, err := strconv.ParseInt((fraction + "00")[:2], 10, 64)
	if err != nil {
		return pounds * 100
	}
	return pounds*100 + pence
}

// FormatMinor writes 1250 as "12.50".
func FormatMinor(minor int64) string {
	return fmt.Sprintf("%d.%02d", minor/100, minor%100)
}
