;;; taglint.el --- Tagged corpora in Emacs  -*- lexical-binding: t; -*-

;; Package-Requires: ((emacs "28.1") (eglot "1.9"))

;;; Commentary:

;; A mode for part-of-speech tagged corpora that starts `taglint server' through Eglot:
;;
;;   (require 'taglint)
;;   (add-to-list 'auto-mode-alist '("/corpus/.*\\.txt\\'" . taglint-mode))

;;; Code:

(require 'eglot)

(defgroup taglint nil
  "Part-of-speech tagged corpora."
  :group 'text)

(defcustom taglint-command '("taglint" "server")
  "The command that starts the language server."
  :type '(repeat string))

;;;###autoload
(define-derived-mode taglint-mode text-mode "Tagged"
  "Major mode for part-of-speech tagged corpora."
  ;; The last line stays as it is, with or without a line end.
  (setq-local require-final-newline nil
              mode-require-final-newline nil)
  ;; A corpus without blanks is one very long line.
  (setq-local bidi-paragraph-direction 'left-to-right))

(add-to-list 'eglot-server-programs
             (cons 'taglint-mode (lambda (&rest _) taglint-command)))

;; Where a finding is to be ignored, the reason is asked for. Eglot has two ways to execute what
;; a server offers, before and since Emacs 30.

(defun taglint--with-reason (arguments)
  "ARGUMENTS of the command to ignore a finding, with a reason."
  (vconcat arguments (list (read-string "Why is this to be ignored? "))))

(cl-defmethod eglot-execute-command (server (command (eql 'taglint.ignore)) arguments)
  "Ask for the reason for which SERVER is to execute COMMAND with ARGUMENTS."
  (cl-call-next-method server command (taglint--with-reason arguments)))

(when (fboundp 'eglot-execute)
  (cl-defmethod eglot-execute :around (server action)
    "Ask for the reason if ACTION is that SERVER ignores a finding."
    (cl-call-next-method
     server
     (if (equal (plist-get action :command) "taglint.ignore")
         (plist-put (copy-sequence action) :arguments
                    (taglint--with-reason (plist-get action :arguments)))
       action))))

(add-hook 'taglint-mode-hook #'eglot-ensure)

(provide 'taglint)
;;; taglint.el ends here
