// A window with a Flutter view in it: what Flutter calls the runner.

#include <flutter_linux/flutter_linux.h>
#include <gtk/gtk.h>

static void activate(GtkApplication* application, gpointer) {
  GtkWindow* window = GTK_WINDOW(gtk_application_window_new(application));
  gtk_window_set_title(window, "Receipts");
  gtk_window_set_default_size(window, 480, 860);

  g_autoptr(FlDartProject) project = fl_dart_project_new();
  // Impeller cannot draw without a graphics processor.
  if (g_strcmp0(g_getenv("FLUTTER_LINUX_RENDERER"), "software") == 0) {
    fl_dart_project_set_enable_impeller(project, FALSE);
  }
  FlView* view = fl_view_new(project);
  gtk_widget_show(GTK_WIDGET(view));
  gtk_container_add(GTK_CONTAINER(window), GTK_WIDGET(view));
  gtk_widget_show(GTK_WIDGET(window));
  gtk_widget_grab_focus(GTK_WIDGET(view));
}

int main(int argc, char** argv) {
  g_autoptr(GtkApplication) application = gtk_application_new("example.receipts", G_APPLICATION_NON_UNIQUE);
  g_signal_connect(application, "activate", G_CALLBACK(activate), nullptr);
  return g_application_run(G_APPLICATION(application), argc, argv);
}
