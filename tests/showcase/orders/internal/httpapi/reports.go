package httpapi

import (
	"database/sql"
	"net/http"
)

// ReportHandlers serves the back office's figures.
type ReportHandlers struct {
	db *sql.DB
}

type dailyRow struct {
	Day    string `json:"day"`
	Orders int    `json:"orders"`
	Minor  int64  `json:"totalMinor"`
}

// Daily adds up the last thirty days.
func (h *ReportHandlers) Daily(w http.ResponseWriter, r *http.Request) {
	rows, err := h.db.QueryContext(r.Context(),
		`SELECT placed_at::date::text, count(*), sum(total_minor) FROM orders
		 WHERE placed_at > now() - interval '30 days' GROUP BY 1 ORDER BY 1`)
	if err != nil {
		http.Error(w, "report is not available", http.StatusInternalServerError)
		return
	}
	defer rows.Close()
	report := []dailyRow{}
	for rows.Next() {
		var row dailyRow
		if err := rows.Scan(&row.Day, &row.Orders, &row.Minor); err != nil {
			http.Error(w, "report is not readable", http.StatusInternalServerError)
			return
		}
		report = append(report, row)
	}
	if err := rows.Err(); err != nil {
		http.Error(w, "report broke off", http.StatusInternalServerError)
		return
	}
	respond(w, http.StatusOK, report)
}
