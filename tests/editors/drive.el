;;; drive.el --- Opens a file, takes the code action with a title, saves  -*- lexical-binding: t; -*-

;; What Flymake showed before and after goes to a file as JSON.

(require 'json)
(require 'cl-lib)

;; Replacing a primitive would have it compiled first.
(setq native-comp-enable-subr-trampolines nil)

(defun drive-wait (what done)
  "Wait until the function DONE is true; WHAT is what is waited for."
  (let ((end (+ (float-time) 40)))
    (while (not (funcall done))
      (when (> (float-time) end)
        (error "Waited in vain for %s" what))
      (accept-process-output nil 0.05))))

(defun drive-found ()
  "Line and text of all diagnostics, in order of place."
  (vconcat
   (mapcar (lambda (diagnostic)
             (list (cons 'line (line-number-at-pos (flymake-diagnostic-beg diagnostic)))
                   (cons 'column (flymake-diagnostic-beg diagnostic))
                   (cons 'text (flymake-diagnostic-text diagnostic))))
           (sort (flymake-diagnostics)
                 (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))))

(defun drive (path title)
  "Open PATH, take the code action TITLE, save; return what was shown."
  (let ((eglot-sync-connect 40)
        (eglot-confirm-server-initiated-edits nil)
        (last-nonmenu-event ?x)
        before)
    (find-file path)
    (taglint-mode)
    (apply #'eglot (eglot--guess-contact))
    (drive-wait "diagnostics" #'flymake-diagnostics)
    (setq before (drive-found))
    (cl-letf (((symbol-function 'completing-read) (lambda (&rest _) title)))
      (eglot-code-actions (point-min) (point-max) nil t))
    (drive-wait "the edit" #'buffer-modified-p)
    ;; Saving tells the server of the edit; without it that waits for Emacs to be idle.
    (save-buffer)
    (drive-wait "new diagnostics" (lambda () (< (length (flymake-diagnostics)) (length before))))
    (list (cons 'before before) (cons 'after (drive-found)))))

(let ((result (condition-case problem
                  (drive (getenv "TAGLINT_FILE") (getenv "TAGLINT_ACTION"))
                (error (list (cons 'problem (format "%S" problem)))))))
  (with-temp-file (getenv "TAGLINT_OUT")
    (insert (json-encode result))))
(kill-emacs 0)
